/** Laws of merge patches (RFC 7396), for random contents. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Answer } from '../helpers/client.ts';
import { injectClientOf } from '../helpers/inject.ts';
import { type Fields, randomSections } from '../helpers/random-bodies.ts';
import { openDatabase } from '../helpers/server.ts';

const request = injectClientOf(await openDatabase());
const numRuns = 300;

function send(method: string, path: string, body: unknown): Promise<Answer> {
  return request({ method, path, as: 'john', body });
}

/** What has to be said to make `to` of `from`, both with the same fields. */
function difference(from: Fields, to: Fields): Fields {
  const changed = Object.entries(to).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(from[name]),
  );
  return Object.fromEntries(
    changed.map(([name, value]) => {
      const old = from[name];
      return [name, isFields(value) && isFields(old) ? difference(old, value) : value];
    }),
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

for (const { name, path, valid } of randomSections) {
  test(`${name}: a patch of the difference makes what a PUT of the whole makes`, async () => {
    await fc.assert(
      fc.asyncProperty(valid, valid, fc.nat(), async (start, next, at) => {
        assert.equal((await send('PUT', path, next)).status, 200);
        const whole = (await request({ path, as: 'john' })).text;
        assert.equal((await send('PUT', path, start)).status, 200);
        // One field that did not change, so that the patch is never empty.
        const [field, value] = Object.entries(next)[at % Object.keys(next).length]!;
        const patch = { [field]: value, ...difference(start, next) };
        const answer = await send('PATCH', path, patch);
        assert.equal(answer.status, 200, answer.text);
        assert.equal(answer.text, whole);
        assert.equal((await request({ path, as: 'john' })).text, whole);
      }),
      { numRuns },
    );
  });

  test(`${name}: a patch of all fields is a PUT, accepted or refused for the same faults`, async () => {
    const one = fc.jsonValue({ maxDepth: 1 }).filter((value) => value !== null && !isFields(value));
    await fc.assert(
      fc.asyncProperty(valid, valid, fc.nat(), one, async (start, next, at, value) => {
        const body = { ...next, [Object.keys(next)[at % Object.keys(next).length]!]: value };
        assert.equal((await send('PUT', path, start)).status, 200);
        const put = await send('PUT', path, body);
        assert.equal((await send('PUT', path, start)).status, 200);
        const patch = await send('PATCH', path, body);
        assert.equal(patch.status, put.status);
        if (put.status === 200) assert.equal(patch.text, put.text);
        else assert.deepEqual(patch.body.errors, put.body.errors);
      }),
      { numRuns },
    );
  });
}
