import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anteroom, fileWith, importText, newPath, rows } from './command-line.ts';
import {
  ann,
  bob,
  type Case,
  document,
  listed,
  meetingId,
  otherUuid,
  scopes,
  sha256,
  site,
  user,
  users,
  uuid,
  value,
} from './faults.ts';

/** What is there before: two organizations, two users on a site, a token. */
const before = {
  organizations: [
    {
      name: 'Example',
      id: uuid,
      sites: [site],
      users: [
        {
          ...ann,
          id: uuid,
          sites: [{ ...site, personalMeetingRoomId: 'ann', room: { accessCode: '123456', meetingId } }],
        },
        { ...bob, tokens: [{ name: 'test', scopes, value, id: uuid }] },
      ],
    },
    {
      name: 'Other',
      sites: [{ siteUrl: 'two.example.com' }],
      users: [{ email: 'olga@example.com', displayName: 'Olga' }],
    },
  ],
};
const cleo = { email: 'cleo@example.com', displayName: 'Cleo' };

const againstDatabase: readonly Case[] = [
  [
    'a site of another organization',
    document({ sites: [{ siteUrl: 'TWO.example.com' }] }),
    ['organizations[0].sites[0].siteUrl', /two\.example\.com belongs to another organization/],
  ],
  [
    'an unknown site',
    users({ ...cleo, sites: [{ siteUrl: 'no.example.com' }] }),
    [`${user}.sites[0].siteUrl`, /no\.example\.com is unknown: list it under sites/],
  ],
  [
    "a user on another organization's site",
    users({ ...cleo, sites: [{ siteUrl: 'two.example.com' }] }),
    [`${user}.sites[0].siteUrl`, /belongs to another organization/],
  ],
  [
    'a default site that is not theirs',
    users({ ...bob, defaultSite: 'one.example.com' }),
    [`${user}.defaultSite`, /none of the sites of bob@example\.com/],
  ],
  [
    'an address of another organization',
    users({ email: 'OLGA@example.com', displayName: 'Olga' }),
    [`${user}.email`, /belongs to a user in another organization/],
  ],
  [
    'an address with another id',
    users({ ...ann, id: otherUuid }),
    [`${user}.id`, new RegExp(`has the id ${uuid} already`)],
  ],
  [
    'an id of another organization',
    { organizations: [{ name: 'Other', users: [{ ...cleo, id: uuid }] }] },
    [`${user}.id`, /belongs to a user in another organization/],
  ],
  [
    'two entries for one user',
    users({ ...cleo, id: uuid }, ann),
    ['organizations[0].users[1]', /stand for the same user/],
  ],
  [
    'an organization with another id',
    document({ id: otherUuid, sites: [] }),
    ['organizations[0].id', new RegExp(`has the id ${uuid} already`)],
  ],
  [
    'a room id that is taken',
    users({ ...cleo, sites: [{ ...site, personalMeetingRoomId: 'ANN' }] }),
    [`${user}.sites[0].personalMeetingRoomId`, /"ANN" belongs to another user on one\.example\.com/],
  ],
  [
    'an access code that is taken',
    users({ ...cleo, sites: [{ ...site, room: { accessCode: '123456' } }] }),
    [`${user}.sites[0].room.accessCode`, /belongs to another user/],
  ],
  [
    'a meeting id that is taken',
    users({ ...cleo, sites: [{ ...site, room: { meetingId } }] }),
    [`${user}.sites[0].room.meetingId`, /belongs to another room/],
  ],
  [
    "another user's token",
    users({ ...cleo, tokens: [{ name: 'mine', scopes, value }] }),
    [`${user}.tokens[0]`, /"mine" belongs to another user/],
  ],
  [
    "another token's id",
    users({ ...bob, tokens: [{ name: 'test', scopes, sha256, id: uuid }] }),
    [`${user}.tokens[0].id`, /belongs to another token/],
  ],
  [
    'a token with another id',
    users({ ...bob, tokens: [{ name: 'test', scopes, value, id: otherUuid }] }),
    [`${user}.tokens[0].id`, new RegExp(`has the id ${uuid} already`)],
  ],
];

for (const [title, file, ...faults] of againstDatabase) {
  test(`${title}, in the database`, async () => {
    const path = newPath('a.db');
    assert.equal((await importText(path, JSON.stringify(before))).error, undefined);
    const all = async () => [
      await rows(path, 'select * from users'),
      await rows(path, 'select * from latest_writer'),
    ];
    const contents = await all();
    const name = fileWith('faulty.json', JSON.stringify(file));
    const { err, error } = await anteroom(path, 'import', name);
    assert.match(error?.message ?? '', /Nothing was imported/);
    const found = listed(err, name);
    assert.deepEqual(
      found.map(([line, place]) => [line, place]),
      faults.map(([place]) => [1, place]),
      err,
    );
    for (const [index, [, part]] of faults.entries()) assert.match(found[index]![2], part);
    assert.deepEqual(await all(), contents);
  });
}

test('one fault among many keeps everybody out', async () => {
  const path = newPath('a.db');
  const many = Array.from({ length: 500 }, (_, index) => ({
    email: `u${index}@example.com`,
    displayName: 'U',
  }));
  const { error } = await importText(
    path,
    JSON.stringify(users(...many, { ...cleo, defaultSite: site.siteUrl })),
  );
  assert.match(error!.message, /has a fault/);
  assert.deepEqual(await rows(path, 'select * from users'), []);
});
