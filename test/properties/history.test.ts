/** Laws of the history, for random sequences of changes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { site1, site3, site4 } from '../helpers/bodies.ts';
import {
  type Item,
  masked,
  refreshRooms,
  revert,
  setDefaultSite,
  step,
  wholeHistory,
} from '../helpers/history.ts';
import { injectClientOf } from '../helpers/inject.ts';
import { addToken, addUser } from '../helpers/people.ts';
import { type Fields, randomSections } from '../helpers/random-bodies.ts';
import { openDatabase } from '../helpers/server.ts';

const database = await openDatabase();
const request = injectClientOf(database);
const numRuns = 60;
const sites = [site1, site3, site4];

/** One change of anything that has a history. */
type Change = (as: string, email: string) => Promise<{ status: number; text: string }>;

const documentChanges = randomSections.map(({ path, valid }) =>
  valid.map(
    (body): Change =>
      (as) =>
        request({ method: 'PUT', path, as, body }),
  ),
);
const siteChange = fc.constantFrom(...sites).map(
  (siteUrl): Change =>
    (as) =>
      setDefaultSite(request, as, siteUrl),
);
let rooms = 0;
const roomChange = fc.constant<Change>((_as, email) => {
  rooms += 1;
  return refreshRooms(request, site4, { [email]: `room-${rooms}` });
});
const patchChange = fc.constantFrom(true, false).map(
  (enabledTollFree): Change =>
    (as) =>
      request({ method: 'PATCH', path: '/v1/meetingPreferences/audio', as, body: { enabledTollFree } }),
);
const changes = fc.array(fc.oneof(...documentChanges, siteChange, roomChange, patchChange), {
  minLength: 1,
  maxLength: 12,
});

let people = 0;

/** Somebody new, with a token of the same name. */
async function newPerson(): Promise<{ as: string; email: string }> {
  people += 1;
  const as = `person-${people}`;
  const email = `${as}@example.com`;
  await addToken(database, await addUser(database, { email, sites: [site4, site1, site3] }), as);
  return { as, email };
}

/** What is in force, as the history calls it, on the site of the changes. */
async function stateOf(as: string): Promise<Record<string, Fields>> {
  const { body } = await request({ path: `/v1/meetingPreferences`, as });
  const onSite = (await request({ path: `/v1/meetingPreferences?siteUrl=${site4}`, as })).body;
  const {
    personalMeetingRoomLink,
    sipAddress: _1,
    dialInIpAddress: _2,
    telephony: _3,
    ...room
  } = onSite.personalMeetingRoom;
  const defaultSite = body.sites.find((site: { default: boolean }) => site.default).siteUrl;
  return {
    personalMeetingRoom: room,
    audio: onSite.audio,
    video: onSite.video,
    schedulingOptions: onSite.schedulingOptions,
    sites: { defaultSite },
    personalMeetingRoomId: { personalMeetingRoomId: personalMeetingRoomLink.split('/meet/')[1] },
  };
}

function withoutPins(state: Record<string, Fields>): Record<string, Fields> {
  return Object.fromEntries(Object.entries(state).map(([section, fields]) => [section, masked(fields)]));
}

/** Applies one side of an item to what is there. */
function apply(state: Record<string, Fields>, item: Item, from: 'before' | 'after', to: 'before' | 'after') {
  state[item.section] = step(state[item.section]!, item, from, to);
}

/** Makes the changes as somebody new; those of documents go to the default site of the moment. */
async function run(
  list: readonly Change[],
): Promise<{ as: string; email: string; first: Record<string, Fields> }> {
  const person = await newPerson();
  const first = await stateOf(person.as);
  for (const change of list) {
    const answer = await change(person.as, person.email);
    assert.equal(answer.status, 200, answer.text);
  }
  return { ...person, first };
}

/** What happened on one site, and to the default site. */
async function historyOf(as: string): Promise<Item[]> {
  return wholeHistory(request, as, { siteUrl: site4, max: '5' });
}

test('every change replays: forwards to what is in force, backwards to what was first', async () => {
  await fc.assert(
    fc.asyncProperty(changes, async (list) => {
      const { as, first } = await run(list);
      const items = await historyOf(as);
      const forwards = withoutPins(first);
      for (const item of [...items].reverse()) apply(forwards, item, 'before', 'after');
      const current = withoutPins(await stateOf(as));
      assert.deepEqual(forwards, current);
      for (const item of items) apply(current, item, 'after', 'before');
      assert.deepEqual(current, withoutPins(first));
    }),
    { numRuns },
  );
});

test('reverting every change, newest first, gives what was first, PINs too', async () => {
  await fc.assert(
    fc.asyncProperty(changes, async (list) => {
      const { as, email, first } = await run(list);
      for (const { id, section } of await historyOf(as)) {
        const asAdministrator = section === 'personalMeetingRoomId';
        const query = asAdministrator ? { siteUrl: site4, userEmail: email } : { siteUrl: site4 };
        const answer = await revert(request, asAdministrator ? 'admin' : as, id, query);
        assert.equal(answer.status, 200, answer.text);
      }
      assert.deepEqual(await stateOf(as), first);
    }),
    { numRuns },
  );
});

test('no history shows a PIN', async () => {
  const pin = fc
    .integer({ min: 1000, max: 9999 })
    .map(String)
    .filter((text) => new Set(text).size > 2);
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(pin, { minLength: 2, maxLength: 4 }), async (pins) => {
      const { as } = await newPerson();
      const patch = (section: string, body: object) =>
        request({ method: 'PATCH', path: `/v1/meetingPreferences/${section}`, as, body });
      const taken: string[] = [];
      for (const value of pins) {
        const answers = [
          await patch('personalMeetingRoom', { hostPin: value }),
          await patch('audio', { audioPin: value }),
        ];
        if (answers.every(({ status }) => status === 200)) taken.push(value);
      }
      for (const item of await wholeHistory(request, as)) {
        for (const side of [item.before, item.after]) {
          for (const value of [side.hostPin, side.audioPin])
            assert.ok(value === undefined || value === '****');
          for (const value of taken) assert.ok(!JSON.stringify(side).includes(value));
        }
      }
    }),
    { numRuns },
  );
});

test('changes at the same time all leave their history, one after the other', async () => {
  const { as, email } = await newPerson();
  const moments = Array.from({ length: 6 }, (_, index) => index);
  const made = await Promise.all([
    ...moments.map((index) => setDefaultSite(request, as, sites[index % 3]!)),
    ...moments.map((index) => refreshRooms(request, site4, { [email]: `${as}-${index}` })),
  ]);
  assert.deepEqual(
    made.map(({ status }) => status),
    made.map(() => 200),
  );
  for (const section of ['sites', 'personalMeetingRoomId']) {
    const items = await wholeHistory(request, as, { siteUrl: site4, section });
    assert.equal(items.length, moments.length);
    for (const [index, item] of items.slice(0, -1).entries()) {
      const field = Object.keys(item.before)[0];
      if (field !== undefined)
        assert.equal(item.before[field], items[index + 1].after[field] ?? item.before[field]);
    }
  }
});
