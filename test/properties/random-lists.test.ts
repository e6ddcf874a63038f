/** Thousands of random bodies for the operations on lists: delegates, default site and room ids. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Answer, assertRefused } from '../helpers/client.ts';
import { injectClientOf } from '../helpers/inject.ts';
import { type Candidate, candidates, email } from '../helpers/random-bodies.ts';
import { openDatabase } from '../helpers/server.ts';

const database = await openDatabase();
const request = injectClientOf(database);
const numRuns = 10_000;
const john = 'john.andersen@example.com';
const siteUrl = 'site4-example.webex.com';

interface Write {
  readonly method: string;
  readonly path: string;
  readonly as: string;
}

/** Sends random bodies; `read` tells the state, `check` what an accepted body made of it, `prepare` what to start from. */
async function sendThousands<T>(
  write: Write,
  bodies: fc.Arbitrary<Candidate>,
  read: () => Promise<T>,
  // biome-ignore lint/suspicious/noExplicitAny: an accepted body has the form that its operation asks for
  check: (body: any, answer: Answer, before: T, after: T) => void,
  prepare: (state: T) => Promise<T> = async (state) => state,
): Promise<void> {
  let before = await read();
  const seen = { accepted: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(bodies, async ({ body, expected }) => {
      before = await prepare(before);
      const answer = await request({ ...write, body });
      const after = await read();
      if (answer.status < 300) {
        assert.notEqual(expected, 'refused', 'a body against the contract was accepted');
        check(body, answer, before, after);
        seen.accepted += 1;
      } else {
        assertRefused(answer, answer.status === 403 ? 403 : 400);
        assert.notEqual(expected, 'accepted', answer.text);
        assert.deepEqual(after, before);
        seen.refused += 1;
      }
      before = after;
    }),
    { numRuns },
  );
  assert.ok(seen.accepted > numRuns / 10 && seen.refused > numRuns / 10, JSON.stringify(seen));
}

const section = '/v1/meetingPreferences/schedulingOptions';
const post = { method: 'POST', as: 'john' };
const emails = fc.oneof(
  fc.array(email, { minLength: 1, maxLength: 4 }),
  fc.array(email, { minLength: 1, maxLength: 4 }).map((list) => [list.join(' , ')]),
);

async function delegates(): Promise<string[]> {
  return (await request({ path: section, as: 'john' })).body.delegateEmails;
}

async function setDelegates(delegateEmails: readonly string[]): Promise<string[]> {
  const options = {
    enabledJoinBeforeHost: false,
    joinBeforeHostMinutes: 0,
    enabledAutoShareRecording: false,
  };
  const body = { ...options, delegateEmails };
  return (await request({ method: 'PUT', path: section, as: 'john', body })).body.delegateEmails;
}

function addressesIn(items: readonly string[]): string[] {
  return items.flatMap((item) => item.split(',')).map((address) => address.trim());
}

function has(list: readonly string[], address: string): boolean {
  return list.some((other) => other.toLowerCase() === address.toLowerCase());
}

test('10,000 bodies for insert: what was there stays, what is new follows in order', async () => {
  const path = `${section}/delegateEmails/insert`;
  await sendThousands(
    { ...post, path },
    candidates(fc.record({ emails }), []),
    delegates,
    (body, answer, before, after) => {
      const expected = [...before];
      for (const address of addressesIn(body.emails)) if (!has(expected, address)) expected.push(address);
      assert.deepEqual(answer.body, { emails: expected });
      assert.deepEqual(after, expected);
    },
    async (state) => (state.length > 30 ? setDelegates([]) : state),
  );
});

test('10,000 bodies for delete: what is named goes, the rest keeps its order', async () => {
  const path = `${section}/delegateEmails/delete`;
  // The same in every run, so that the seed of a failure is all that is needed to see it again.
  const full = fc.sample(email, { seed: 1, numRuns: 40 });
  await sendThousands(
    { ...post, path },
    candidates(fc.record({ emails }), []),
    delegates,
    (body, answer, before, after) => {
      assert.equal(answer.status, 204);
      assert.equal(answer.text, '');
      const gone = addressesIn(body.emails);
      assert.deepEqual(
        after,
        before.filter((address) => !has(gone, address)),
      );
    },
    async (state) => (state.length < 10 ? setDelegates(full) : state),
  );
});

test('10,000 bodies for the default site: the one that is named is the only default', async () => {
  const path = '/v1/meetingPreferences/sites';
  const sites = ['site1', 'SITE2', 'site3', 'Site4'].map((name) => `${name}-example.webex.com`);
  const valid = fc.record({ siteUrl: fc.constantFrom(...sites) });
  const read = async () =>
    (await request({ path, as: 'john' })).body.sites as { siteUrl: string; default: boolean }[];
  const write = { method: 'PUT', path: `${path}?defaultSite=true`, as: 'john' };
  await sendThousands(write, candidates(valid, []), read, (body, answer, before, after) => {
    const chosen = body.siteUrl.toLowerCase();
    assert.deepEqual(answer.body, { siteUrl: chosen, default: true });
    assert.deepEqual(
      after,
      before.map((site) => ({ ...site, default: site.siteUrl === chosen })),
    );
  });
});

type Rooms = Readonly<Record<string, string>>;

/** The id of the room of everybody on the site, by address. */
async function rooms(): Promise<Rooms> {
  const sql = `select u.email, m.room_id, m.room_key from memberships m join users u on u.id = m.user_id
    where m.site_url = ? order by u.email`;
  const rows = await database.all(sql, [siteUrl]);
  for (const { room_id, room_key } of rows) assert.equal(String(room_id).toLowerCase(), room_key);
  return Object.fromEntries(rows.map((row) => [row.email, row.room_id]));
}

test('10,000 batches of room ids: all of them or none, and no id twice', async () => {
  const people = [john, 'marcus.hoffmann@example.com', 'brenda.song@example.com'];
  const id = fc.constantFrom('a', 'A', 'b', 'B', 'c', 'x.y_z-1', 'alex', 'Sam');
  const item = fc.record({ email: fc.constantFrom(...people), personalMeetingRoomId: id });
  const given = fc.uniqueArray(item, {
    selector: ({ email: address }) => address,
    minLength: 1,
    maxLength: 3,
  });
  const generated = fc
    .uniqueArray(fc.constantFrom(...people), { minLength: 1 })
    .map((list) => list.map((address) => ({ email: address, systemGenerated: true })));
  const batch = fc.record({
    siteUrl: fc.constant(siteUrl),
    personalMeetingRoomIds: fc.oneof(given, generated),
  });
  // Whether ids are free depends on who has them: what is accepted is judged by what it leaves.
  const bodies = candidates(batch, []).map(
    (candidate): Candidate =>
      candidate.expected === 'accepted' ? { ...candidate, expected: 'either' } : candidate,
  );
  const path = '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId';
  const write = { method: 'POST', path, as: 'admin' };
  await sendThousands<Rooms>(write, bodies, rooms, (body, answer, before, after) => {
    const changes = answer.body.personalMeetingRoomIds as { email: string; personalMeetingRoomId: string }[];
    assert.deepEqual(
      changes.map((change) => change.email),
      body.personalMeetingRoomIds.map((one: { email: string }) => one.email),
    );
    for (const [index, change] of changes.entries()) {
      const { personalMeetingRoomId: wanted = change.personalMeetingRoomId } =
        body.personalMeetingRoomIds[index];
      assert.equal(change.personalMeetingRoomId, wanted);
    }
    const changed = Object.fromEntries(changes.map((change) => [change.email, change.personalMeetingRoomId]));
    assert.deepEqual(after, { ...before, ...changed });
    const keys = Object.values(after).map((key) => key.toLowerCase());
    assert.equal(new Set(keys).size, keys.length);
  });
});
