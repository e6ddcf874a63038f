/** Laws of updating a section, for random contents. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Answer } from '../helpers/client.ts';
import { injectClientOf } from '../helpers/inject.ts';
import { type Fields, type RandomSection, randomSections } from '../helpers/random-bodies.ts';
import { openDatabase } from '../helpers/server.ts';

const database = await openDatabase();
const request = injectClientOf(database);
const numRuns = 500;

function put(path: string, body: unknown): Promise<Answer> {
  return request({ method: 'PUT', path, as: 'john', body });
}

async function putAccepted(path: string, body: unknown): Promise<string> {
  const answer = await put(path, body);
  assert.equal(answer.status, 200, answer.text);
  return answer.text;
}

function get(path: string): Promise<Answer> {
  return request({ path, as: 'john' });
}

/** A body with some of its optional fields left out. */
function partial({ valid, optional }: RandomSection): fc.Arbitrary<Fields> {
  return fc
    .tuple(valid, fc.subarray([...optional]))
    .map(([fields, left]) =>
      Object.fromEntries(Object.entries(fields).filter(([name]) => !left.includes(name))),
    );
}

for (const section of randomSections) {
  const { name, path, valid, optional } = section;

  test(`${name}: an update twice leaves what it leaves once`, async () => {
    await fc.assert(
      fc.asyncProperty(valid, partial(section), async (start, body) => {
        await putAccepted(path, start);
        const first = await put(path, body);
        const once = await get(path);
        const second = await put(path, body);
        assert.equal(second.status, first.status);
        assert.equal((await get(path)).text, once.text);
        if (first.status === 200) assert.deepEqual([first.text, second.text], [once.text, once.text]);
      }),
      { numRuns },
    );
  });

  test(`${name}: an optional field that is null counts as one that is absent`, async () => {
    await fc.assert(
      fc.asyncProperty(valid, partial(section), async (start, body) => {
        await putAccepted(path, start);
        const absent = await put(path, body);
        await putAccepted(path, start);
        const nulls = Object.fromEntries(optional.map((field) => [field, null]));
        const answer = await put(path, { ...nulls, ...body });
        assert.equal(answer.status, absent.status);
        if (answer.status === 200) assert.equal(answer.text, absent.text);
      }),
      { numRuns },
    );
  });

  test(`${name}: what GET answers, PUT accepts and leaves as it is`, async () => {
    await fc.assert(
      fc.asyncProperty(valid, async (start) => {
        await putAccepted(path, start);
        const before = await get(path);
        assert.equal(await putAccepted(path, before.text), before.text);
        assert.equal((await get(path)).text, before.text);
        const details = await get('/v1/meetingPreferences');
        assert.deepEqual(details.body[name], before.body);
      }),
      { numRuns },
    );
  });

  test(`${name}: a refused update leaves what was there, whatever it was`, async () => {
    await fc.assert(
      fc.asyncProperty(valid, valid, fc.nat(), async (start, next, at) => {
        const stored = await putAccepted(path, start);
        const fields = Object.keys(next);
        const answer = await put(path, { ...next, [fields[at % fields.length]!]: { not: 'this' } });
        assert.equal(answer.status, 400, answer.text);
        assert.equal((await get(path)).text, stored);
      }),
      { numRuns },
    );
  });
}

test('everybody starts with preferences that PUT accepts and leaves as they are', async () => {
  for (const as of ['marcus', 'brenda', 'admin', 'other-olga', 'other-admin']) {
    for (const { path } of randomSections) {
      const before = await request({ path, as });
      const answer = await request({ method: 'PUT', path, as, body: before.text });
      assert.equal(answer.status, 200, answer.text);
      assert.equal(answer.text, before.text);
    }
  }
});

test('fields that only the site decides are passed over, whatever they say', async () => {
  const { path, valid } = randomSections[0]!;
  const names = ['personalMeetingRoomLink', 'sipAddress', 'dialInIpAddress', 'telephony'];
  const { body: start } = await get(path);
  const facts = Object.fromEntries(names.map((name) => [name, start[name]]));
  const invented = fc.record(Object.fromEntries(names.map((name) => [name, fc.jsonValue({ maxDepth: 2 })])));
  await fc.assert(
    fc.asyncProperty(valid, invented, async (body, others) => {
      const answer = JSON.parse(await putAccepted(path, { ...body, ...others }));
      for (const name of names) assert.deepEqual(answer[name], facts[name]);
    }),
    { numRuns },
  );
});
