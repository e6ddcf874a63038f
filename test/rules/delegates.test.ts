/** Inserting and deleting delegates: the same addresses are judged as in an update. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RuleId } from '../../src/rules.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { notLists, notTexts } from '../helpers/section-rules.ts';
import { startServer } from '../helpers/server.ts';

const request = clientOf((await startServer()).url);
const section = '/v1/meetingPreferences/schedulingOptions';

function change(way: 'insert' | 'delete', emails: unknown) {
  const path = `${section}/delegateEmails/${way}`;
  return request({ method: 'POST', path, as: 'john', body: { emails } });
}

async function stored(): Promise<string> {
  return (await request({ path: section, as: 'john' })).text;
}

async function assertBreaks(rule: RuleId, way: 'insert' | 'delete', emails: unknown): Promise<void> {
  const before = await stored();
  assertRefused(await change(way, emails), 400, rule);
  assert.equal(await stored(), before);
}

for (const way of ['insert', 'delete'] as const) {
  const status = way === 'insert' ? 200 : 204;

  test(`delegates.emails: ${way} takes a list with something in it`, async () => {
    for (const emails of [...notLists, []]) await assertBreaks('delegates.emails', way, emails);
    assert.equal((await change(way, ['ann@example.com'])).status, status);
  });

  test(`scheduling.delegate-email: ${way} takes addresses only`, async () => {
    for (const item of [
      ...notTexts,
      '',
      'ann',
      'ann@example',
      'ann@example.com,',
      'ann@example.com; b@c.d',
    ]) {
      await assertBreaks('scheduling.delegate-email', way, ['bob@example.com', item]);
    }
    assert.equal((await change(way, ['bob@example.com', 'ann@example.com, cy@example.com'])).status, status);
  });
}

test('scheduling.own-address: nobody becomes their own delegate by insert', async () => {
  for (const own of ['john.andersen@example.com', 'a@b.example, JOHN.andersen@example.com']) {
    await assertBreaks('scheduling.own-address', 'insert', [own]);
  }
  assert.equal((await change('insert', ['john.anderson@example.com'])).status, 200);
});

test('deleting an address that is not there, even the own one, changes nothing and is no error', async () => {
  const before = await stored();
  assert.equal((await change('delete', ['nobody@example.com', 'john.andersen@example.com'])).status, 204);
  assert.equal(await stored(), before);
});
