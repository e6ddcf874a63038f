/** Thousands of random bodies for each section: what is accepted reads back, what is refused changes nothing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assertRefused } from '../helpers/client.ts';
import { injectClientOf } from '../helpers/inject.ts';
import { type Candidate, candidates, type Fields, randomSections } from '../helpers/random-bodies.ts';
import { openDatabase } from '../helpers/server.ts';

const request = injectClientOf(await openDatabase());
const numRuns = 10_000;

for (const { path, valid, optional } of randomSections) {
  test(`10,000 bodies for PUT ${path}`, async () => {
    const read = () => request({ path, as: 'john' });
    let before = await read();
    const seen = { accepted: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(candidates(valid, optional), async ({ body, expected }: Candidate) => {
        const answer = await request({ method: 'PUT', path, as: 'john', body });
        const after = await read();
        if (answer.status === 200) {
          assert.notEqual(expected, 'refused', 'a body against the contract was accepted');
          assert.equal(after.text, answer.text);
          assertReadsBack(body as Fields, after.body, before.body);
          seen.accepted += 1;
        } else {
          assertRefused(answer, answer.status === 413 ? 413 : 400);
          assert.notEqual(expected, 'accepted', answer.text);
          assert.equal(after.text, before.text);
          seen.refused += 1;
        }
        before = after;
      }),
      { numRuns },
    );
    assert.ok(seen.accepted > numRuns / 10 && seen.refused > numRuns / 10, JSON.stringify(seen));
  });
}

/** Every known field has the value that was sent, or kept its own; delegates are told apart by their text alone. */
function assertReadsBack(sent: Fields, stored: Fields, before: Fields): void {
  for (const [name, value] of Object.entries(stored)) {
    const isSent = Object.hasOwn(before, name) && (sent[name] ?? null) !== null;
    const isReadOnly = /^(personalMeetingRoomLink|sipAddress|dialInIpAddress|telephony)$/.test(name);
    const expected = isSent && !isReadOnly ? sent[name] : before[name];
    if (name !== 'delegateEmails') assertContains(value, expected, name);
    else
      assert.deepEqual(
        value,
        (expected as string[]).flatMap((item) => item.split(',').map((part) => part.trim())),
      );
  }
}

/** `actual` is `expected` less what nobody knows. */
function assertContains(actual: unknown, expected: unknown, where: string): void {
  if (typeof actual !== 'object' || actual === null) {
    assert.equal(actual, expected, where);
    return;
  }
  if (Array.isArray(actual)) assert.equal(actual.length, (expected as unknown[]).length, where);
  for (const [name, value] of Object.entries(actual)) {
    assertContains(value, (expected as Fields)[name], `${where}.${name}`);
  }
}
