/** The looking through of logs and answers: it finds what it is for, and leaves alone what may be there. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leaksIn, leaksInLog } from './helpers/leaks.ts';

const leaks: readonly [string, string][] = [
  ['a token', '{"authorization":"anteroom-dev-john"}'],
  ['a token', 'Authorization: Bearer 5Jkq3nT8x-_abc123'],
  ['a sealed secret', 'sealed:0123456789ab:AAAA'],
  ['a stack trace', 'Error: x\n    at f (src/a.ts:1:2)'],
  ['SQL', 'Error: near "select id from users where x"'],
  ['SQL', 'delete from memberships'],
  ['a path of the machine', 'cannot open "/var/data/anteroom.db"'],
  ['an e-mail address', '{"user":"john.andersen@example.com"}'],
  ['a PIN', '{"hostPin":"4325"}'],
  ['a PIN', '{"text":"{\\"audioPin\\":\\"1314\\"}"}'],
  ['a password', 'password=hunter2'],
];

for (const [what, line] of leaks) {
  test(`finds ${what} in ${JSON.stringify(line)}`, () => assert.deepEqual(leaksInLog(line), [what]));
}

test('finds the secrets of the request in its refusal', () => {
  assert.deepEqual(leaksIn('the PIN 918273645546 is wrong', ['918273645546']), ['a secret of the request']);
});

test('leaves alone what belongs there', () => {
  const lines = [
    '{"level":30,"time":1767225600000,"trackingId":"ROUTERGW_3f0c1d1e-7c55","operation":"getAudioOptions","status":200}',
    '{"level":30,"action":"preferences-read","target":"25bbf831-5be9-4c25-b4b0-9b592c8a086b","site":"site4-example.webex.com"}',
    '{"error":"Unavailable: the read failed","at":"src/platform/sqlite.ts:209 < src/preferences/store.ts:180"}',
    '{"msg":"Ready","url":"http://127.0.0.1:4600","database":"sqlite:data/anteroom.db"}',
    '{"operation":"updatePersonalMeetingRoomOptions","status":400}',
  ];
  for (const line of lines) assert.deepEqual(leaksInLog(line), [], line);
  assert.deepEqual(leaksIn('{"message":"The address john@example.com is your own.","errors":[]}'), []);
});
