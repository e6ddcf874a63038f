/** The two operations that do not take both userEmail and siteUrl, for every kind of caller (contract section 2). */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, test } from 'node:test';
import { pathOf, sectionOf } from '../helpers/bodies.ts';
import { type Answer, assertRefused, clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';
import { decide } from './matrix/decision.ts';
import { type Caller, createWorld, foreignSite, type Person, unknownSite } from './matrix/world.ts';

const server = await startServer();
const request = clientOf(server.url);
const { people, callers, emailsFor, sitesFor } = await createWorld(server.database);

async function setDefault(as: string | undefined, siteUrl: string, query = {}): Promise<Answer> {
  const path = pathOf('sites', { defaultSite: 'true', ...query });
  return request({ method: 'PUT', path, as, body: { siteUrl } });
}

async function defaultsOfAll(): Promise<string[]> {
  return Promise.all(
    people.map(async ({ token }) => {
      const { body } = await request({ path: pathOf('sites'), as: token });
      return body.sites.find((site: { default: boolean }) => site.default).siteUrl;
    }),
  );
}

before(async () => {
  for (const { token, sites } of people) assert.equal((await setDefault(token, sites[0]!)).status, 200);
});

test('PUT /sites changes the default site of whom it may, and of nobody else', async () => {
  const initial = await defaultsOfAll();
  for (const caller of callers) {
    for (const userEmail of emailsFor(caller)) {
      const decision = decide({ caller, access: 'write', userEmail, siteUrl: undefined }, people);
      const about = `${caller.token} for ${userEmail}`;
      const person = decision.status === 200 ? decision.subject.person : undefined;
      const siteUrl = person?.sites.at(-1) ?? caller.person.sites.at(-1)!;
      const answer = await setDefault(caller.token, siteUrl, { userEmail, siteUrl: unknownSite });
      assert.equal(answer.status, decision.status, `${about}: ${answer.text}`);
      if (decision.status !== 200) assertRefused(answer, decision.status);
      const expected = people.map((other, index) => (other === person ? siteUrl : initial[index]));
      if (person !== undefined || caller.scopes === undefined) {
        assert.deepEqual(await defaultsOfAll(), expected, about);
      }
      if (person !== undefined) await setDefault(person.token, person.sites[0]!);
    }
  }
  assert.deepEqual(await defaultsOfAll(), initial);
});

function refresh(caller: Caller, email: string, siteUrl: string, roomId: string): Promise<Answer> {
  const path = '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId';
  const query = new URLSearchParams({ userEmail: 'nobody@example.com', siteUrl: unknownSite });
  const body = { siteUrl, personalMeetingRoomIds: [{ email, personalMeetingRoomId: roomId }] };
  return request({ method: 'POST', path: `${path}?${query}`, as: caller.token, body });
}

function refreshStatus({ person, scopes }: Caller, siteUrl: string): 200 | 401 | 403 {
  if (scopes === undefined) return 401;
  const isGranted = scopes.has('meeting:admin_preferences_write') && scopes.has('meeting:admin_config_write');
  const isAdministrator = person.fullAdministrator && person.administers.includes(siteUrl.toLowerCase());
  return isGranted && isAdministrator ? 200 : 403;
}

async function linksOfAll(): Promise<Map<string, string>> {
  const links = new Map<string, string>();
  for (const { token, sites } of people) {
    for (const siteUrl of sites) {
      const room = await sectionOf(request, 'personalMeetingRoom', token, siteUrl).read();
      links.set(`${token} ${siteUrl}`, room.personalMeetingRoomLink);
    }
  }
  return links;
}

function somebodyOn(siteUrl: string, { organization }: Person): Person | undefined {
  return people.find((person) => person.organization === organization && person.sites.includes(siteUrl));
}

test('POST refreshId changes room ids for whom it may, on the site of the body alone', async () => {
  let links = await linksOfAll();
  for (const caller of callers) {
    for (const given of sitesFor(caller).filter((siteUrl) => siteUrl !== undefined)) {
      const siteUrl = given.toLowerCase();
      const person = somebodyOn(siteUrl, caller.person) ?? caller.person;
      const roomId = `matrix-${randomUUID()}`;
      const answer = await refresh(caller, person.email, given, roomId);
      const status = refreshStatus(caller, given);
      assert.equal(answer.status, status, `${caller.token} on ${given}: ${answer.text}`);
      if (status !== 200) {
        assertRefused(answer, status);
        continue;
      }
      const expected = new Map(links).set(`${person.token} ${siteUrl}`, `https://${siteUrl}/meet/${roomId}`);
      links = await linksOfAll();
      assert.deepEqual(links, expected);
    }
  }
  assert.deepEqual(await linksOfAll(), links);
});

test('POST refreshId tells a site that is not administered from no site at all to nobody', async () => {
  for (const caller of callers.filter(({ scopes }) => scopes !== undefined)) {
    const { email, organization } = caller.person;
    const [foreign, unknown] = await Promise.all(
      [foreignSite[organization]!, unknownSite].map((siteUrl) => refresh(caller, email, siteUrl, 'x')),
    );
    assertRefused(foreign!, 403);
    assert.deepEqual({ ...foreign!.body, trackingId: '' }, { ...unknown!.body, trackingId: '' });
    const anybody = await refresh(caller, 'nobody@example.com', unknownSite, 'x');
    assert.deepEqual({ ...anybody.body, trackingId: '' }, { ...unknown!.body, trackingId: '' });
  }
});
