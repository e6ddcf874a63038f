import assert from 'node:assert/strict';
import { test } from 'node:test';
import { schedulingOptionsExample } from '../../src/preferences/examples.ts';
import { clientOf } from '../helpers/client.ts';
import { each, given, notBooleans, notLists, notTexts, ruleTests } from '../helpers/section-rules.ts';
import { startServer } from '../helpers/server.ts';

const request = clientOf((await startServer()).url);
const path = '/v1/meetingPreferences/schedulingOptions';
const rule = ruleTests(request, path, schedulingOptionsExample);

rule('scheduling.join-before-host: is a boolean', {
  refused: each('enabledJoinBeforeHost', notBooleans),
  accepted: each('enabledJoinBeforeHost', [true, false]),
});
const minutes = [0, 5, 10, 15];
rule('scheduling.join-before-host-minutes: is one of four numbers', {
  refused: each('joinBeforeHostMinutes', [
    ...Array.from({ length: 36 }, (_, index) => index - 5).filter((value) => !minutes.includes(value)),
    ...['10', '', null, true, [10], {}, 9.999, 10.5, 1e300],
  ]),
  accepted: each('joinBeforeHostMinutes', minutes),
});
rule('scheduling.auto-share-recording: is a boolean', {
  refused: each('enabledAutoShareRecording', notBooleans),
  accepted: each('enabledAutoShareRecording', [true, false]),
});
rule('scheduling.webex-assistant: is a boolean', {
  refused: each('enabledWebexAssistantByDefault', given(notBooleans)),
  accepted: each('enabledWebexAssistantByDefault', [true, false]),
});

rule('scheduling.delegate-emails: is a list', {
  refused: each('delegateEmails', given(notLists)),
  accepted: each('delegateEmails', [[], ['ann@example.com'], ['bob@example.com', 'ann@example.com']]),
});
const bad = [
  ...notTexts,
  '',
  ' ',
  'ann',
  'ann@example',
  'a b@example.com',
  'ann@example.com,',
  ',ann@example.com',
];
rule('scheduling.delegate-email: is one address or several with commas between', {
  refused: [
    ...[...bad, 'ann@example.com bob@example.com', 'ann@example.com;bob@example.com', 'ann@example.com, x'],
    `${'x'.repeat(243)}@example.com`,
  ].map((item) => ({ delegateEmails: ['cy@example.com', item] })),
  accepted: each('delegateEmails', [['cy@example.com', `${'x'.repeat(242)}@example.com`]]),
});
rule('scheduling.own-address: is left out', {
  refused: each('delegateEmails', [
    ['john.andersen@example.com'],
    ['ann@example.com', 'John.Andersen@EXAMPLE.com'],
    ['ann@example.com, john.andersen@example.com'],
  ]),
  accepted: each('delegateEmails', [['john.anderson@example.com'], ['ann@example.com']]),
});

test('scheduling.delegate-email: the answer names each address that is none', async () => {
  const body = { ...schedulingOptionsExample, delegateEmails: ['good@example.com, bad1', 'bad2'] };
  const { body: answer } = await request({ method: 'PUT', path, as: 'john', body });
  const descriptions = answer.errors.map(({ description }: { description: string }) => description);
  assert.equal(descriptions.length, 2);
  assert.match(descriptions[0], /^delegateEmails\[0\] .*"bad1"/);
  assert.match(descriptions[1], /^delegateEmails\[1\] .*"bad2"/);
});

test('one item may hold several addresses; of two spellings the first is kept', async () => {
  const delegateEmails = [' ann@example.com ,BOB@example.com', 'Ann@Example.com', 'bob@example.com'];
  const answer = await request({
    method: 'PUT',
    path,
    as: 'john',
    body: { ...schedulingOptionsExample, delegateEmails },
  });
  assert.deepEqual(answer.body.delegateEmails, ['ann@example.com', 'BOB@example.com']);
});
