import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onlyOwnServer, site1, site4 } from '../helpers/bodies.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { addPeopleTokens, create, people } from '../helpers/directory-people.ts';
import { startServer } from '../helpers/server.ts';

const server = await startServer();
const request = clientOf(server.url);
if (server.database !== undefined) await addPeopleTokens(server.database);

test('200 adds a person with a room on each site, who is found at once', onlyOwnServer, async () => {
  const email = 'Pat.Person@example.com';
  const body = { emails: [email], displayName: 'Pat van Person', siteUrls: [site4, site1.toUpperCase()] };
  const made = await create(request, { ...body, administeredSiteUrls: [site1] });
  assert.deepEqual([made.emails, made.firstName, made.lastName], [[email], 'Pat', 'van Person']);
  assert.deepEqual([made.siteUrls, made.administeredSiteUrls], [[site1, site4], [site1]]);
  assert.deepEqual([made.roles, made.loginEnabled, made.type], [[], true, 'person']);
  const found = await request({ path: `${people}/${made.id}`, as: 'boss' });
  assert.deepEqual(found.body, made);
  const query = new URLSearchParams({ userEmail: email, siteUrl: site4 });
  const path = `/v1/meetingPreferences/personalMeetingRoom?${query}`;
  const room = await request({ path, as: 'admin' });
  assert.match(room.body.personalMeetingRoomLink, /^https:\/\/site4-example\.webex\.com\/meet\/prSITE\d{8}$/);
});

test('200 with an address alone; names are made of what there is', onlyOwnServer, async () => {
  const bare = await create(request, { emails: ['bare@example.com'] });
  assert.deepEqual([bare.displayName, bare.siteUrls], ['bare@example.com', []]);
  const named = await create(request, { emails: ['n@example.com'], firstName: 'Nina', lastName: 'N' });
  assert.equal(named.displayName, 'Nina N');
});

test('200 once for an Idempotency-Key', onlyOwnServer, async () => {
  const body = { emails: ['once@example.com'] };
  const headers = { 'idempotency-key': 'add once' };
  const [first, second] = [
    await request({ method: 'POST', path: people, as: 'boss', body, headers }),
    await request({ method: 'POST', path: people, as: 'boss', body, headers }),
  ];
  assert.deepEqual([first.status, second.body], [200, first.body]);
});

test('400 lists all faults at once, and adds nobody', onlyOwnServer, async () => {
  const body = {
    emails: ['john.andersen@EXAMPLE.com'],
    displayName: ' ',
    firstName: 1,
    orgId: 'other',
    roles: ['unknown'],
    siteUrls: ['other-example.webex.com'],
    administeredSiteUrls: [site1],
    loginEnabled: 'yes',
  };
  assertRefused(
    await request({ method: 'POST', path: people, as: 'boss', body }),
    400,
    ...(['people.email-free', 'people.display-name', 'people.first-name', 'people.org-id'] as const),
    ...(['people.roles', 'people.site-urls', 'people.administered-site-urls'] as const),
    'people.login-enabled',
  );
});

test('400 for an address of another organization, in the same words', onlyOwnServer, async () => {
  const body = { emails: ['olga@other.example'] };
  assertRefused(await request({ method: 'POST', path: people, as: 'boss', body }), 400, 'people.email-free');
});

test('403 for anybody but a full administrator', onlyOwnServer, async () => {
  const body = { emails: ['nobody@example.com'] };
  const asPretender = await request({ method: 'POST', path: people, as: 'pretender', body });
  assertRefused(asPretender, 403, 'people.administrator');
  assertRefused(await request({ method: 'POST', path: people, as: 'colleague', body }), 403, 'token.scope');
});

test('400 for fields of any other kind than theirs', async () => {
  for (const value of [5, true, {}, [5], 'x']) {
    const body = { emails: value, displayName: [value], firstName: [value], roles: value, siteUrls: value };
    const answer = await request({ method: 'POST', path: people, as: 'boss', body });
    assertRefused(answer, 400);
  }
});
