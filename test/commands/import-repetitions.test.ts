import {
  ann,
  bob,
  type Case,
  document,
  meetingId,
  sha256,
  site,
  testCases,
  user,
  users,
  uuid,
  value,
  withSite,
  withToken,
} from './faults.ts';

const repetitions: readonly Case[] = [
  [
    'an organization twice',
    { organizations: [{ name: 'A' }, { name: 'A' }] },
    ['organizations[1].name', /The organization name "A" stands at organizations\[0\]\.name already/],
  ],
  [
    'an organization id twice',
    {
      organizations: [
        { name: 'A', id: uuid },
        { name: 'B', id: uuid },
      ],
    },
    ['organizations[1].id', /organization id/],
  ],
  [
    'a site twice, in another case',
    document({ sites: [site, { siteUrl: 'ONE.example.com' }] }),
    ['organizations[0].sites[1].siteUrl', /"ONE\.example\.com" stands at/],
  ],
  [
    'an address twice, over organizations and in another case',
    {
      organizations: [
        { name: 'A', users: [ann] },
        { name: 'B', users: [{ ...ann, email: 'ANN@example.com' }] },
      ],
    },
    [
      'organizations[1].users[0].email',
      /"ANN@example\.com" stands at organizations\[0\]\.users\[0\]\.email already/,
    ],
  ],
  [
    'a user id twice',
    users({ ...ann, id: uuid }, { ...bob, id: uuid }),
    ['organizations[0].users[1].id', /user id/],
  ],
  [
    'a user id and its person id',
    users(
      { ...ann, id: uuid },
      { ...bob, id: Buffer.from(`ciscospark://us/PEOPLE/${uuid}`).toString('base64') },
    ),
    ['organizations[0].users[1].id', /user id/],
  ],
  [
    'a site of a user twice',
    withSite({}, {}),
    [`${user}.sites[1].siteUrl`, /This user is on one\.example\.com twice/],
  ],
  [
    'names of rooms twice',
    users(
      {
        ...ann,
        sites: [{ ...site, personalMeetingRoomId: 'room', room: { accessCode: '123456', meetingId } }],
      },
      {
        ...bob,
        sites: [{ ...site, personalMeetingRoomId: 'ROOM', room: { accessCode: '123456', meetingId } }],
      },
    ),
    ['organizations[0].users[1].sites[0].room.meetingId', /stands at/],
    ['organizations[0].users[1].sites[0].personalMeetingRoomId', /"ROOM" stands at/],
    ['organizations[0].users[1].sites[0].room.accessCode', /stands at/],
  ],
  [
    'a token twice, by value and by hash',
    withToken({ value }, { sha256: 'SGf7nIn35ABJu-gMHl2ZpK0vLvXOBVl9-Q_ZW1FkHmo' }, { value }),
    [`${user}.tokens[2].value`, /^The token stands at/],
  ],
  [
    'a token id twice',
    withToken({ value, id: uuid }, { sha256, id: uuid }),
    [`${user}.tokens[1].id`, /token id/],
  ],
];

testCases(repetitions);
