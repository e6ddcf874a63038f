import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personalMeetingRoomExample } from '../../src/preferences/examples.ts';
import { clientOf } from '../helpers/client.ts';
import {
  each,
  given,
  notBooleans,
  notLists,
  notObjects,
  notTexts,
  ruleTests,
} from '../helpers/section-rules.ts';
import { openDatabase, startServer } from '../helpers/server.ts';
import { addStrictSite } from '../helpers/strict-site.ts';

const database = await openDatabase();
await addStrictSite(database);
const request = clientOf((await startServer({ database })).url);
const path = '/v1/meetingPreferences/personalMeetingRoom';
const rule = ruleTests(request, path, personalMeetingRoomExample);
const face = '\u{1F600}';

rule('room.topic: is 1 to 128 code points with more than white space among them', {
  refused: each('topic', [
    ...notTexts,
    '',
    ' ',
    '\t\n\u00A0\u2003\u3000',
    'x'.repeat(129),
    face.repeat(129),
    ' '.repeat(128),
  ]),
  accepted: each('topic', ['x', ' x', '\u3000x', 'x'.repeat(128), face.repeat(128), `${' '.repeat(127)}x`]),
});

rule('room.host-pin: is decimal digits as text', {
  refused: each('hostPin', [...notTexts, '', '43 5', '432a', '-432', '4.32', '４３２５', '٤٣٢٥', '4325\n']),
  accepted: each('hostPin', ['4325', '0925']),
});
rule('room.host-pin-length: is four digits where the site says nothing', {
  refused: each('hostPin', ['4', '42', '425', '43251', '432514', '4325'.repeat(1000)]),
  accepted: each('hostPin', ['4325']),
});
rule('room.host-pin-length: is as many digits as the site says', {
  refused: each('hostPin', ['4325', '43251', '4325143']),
  accepted: each('hostPin', ['432514']),
  as: 'rita',
});
rule('room.host-pin-sequence: is no run over the whole length', {
  refused: each('hostPin', ['0123', '1234', '6789', '4321', '9876', '3210']),
  accepted: each('hostPin', ['1235', '0124', '4320', '2344', '8901', '1357']),
});
rule('room.host-pin-sequence: is no run of the length of the site', {
  refused: each('hostPin', ['123456', '456789', '987654', '543210']),
  accepted: each('hostPin', ['123457', '012344', '987655', '890123']),
  as: 'rita',
});
rule('room.host-pin-repetition: is not one digit only', {
  refused: each(
    'hostPin',
    [...'0123456789'].map((digit) => digit.repeat(4)),
  ),
  accepted: each('hostPin', ['0001', '1000', '7747', '7787']),
});

test('the length and the simplicity of a host PIN are told at once', async () => {
  const body = { ...personalMeetingRoomExample, hostPin: '12345' };
  const answer = await request({ method: 'PUT', path, as: 'john', body });
  const broken = answer.body.errors.map(({ rule }: { rule: string }) => rule);
  assert.deepEqual(broken.sort(), ['room.host-pin-length', 'room.host-pin-sequence']);
});

rule('room.enabled-auto-lock: is a boolean', {
  refused: each('enabledAutoLock', notBooleans),
  accepted: each('enabledAutoLock', [true, false]),
});
const minutes = [0, 5, 10, 15, 20];
rule('room.auto-lock-minutes: is one of five numbers', {
  refused: each('autoLockMinutes', [
    ...Array.from({ length: 36 }, (_, index) => index - 5).filter((value) => !minutes.includes(value)),
    ...['10', '', null, true, [10], {}, 9.999, 10.5, 1e300],
  ]),
  accepted: each('autoLockMinutes', minutes),
});
rule('room.enabled-notify-host: is a boolean', {
  refused: each('enabledNotifyHost', notBooleans),
  accepted: each('enabledNotifyHost', [true, false]),
});
rule('room.support-co-host: is a boolean', {
  refused: each('supportCoHost', notBooleans),
  accepted: each('supportCoHost', [true, false]),
});

const ann = { email: 'ann@example.com', displayName: 'Ann' };
const bob = { email: 'bob@example.com', displayName: 'Bob' };
rule('room.co-hosts: is a list', {
  refused: each('coHosts', notLists),
  accepted: each('coHosts', [[], [ann], [ann, bob]]),
});
rule('room.co-host: is an object', {
  refused: notObjects.map((value) => ({ coHosts: [ann, value] })),
  accepted: each('coHosts', [[ann]]),
});
const badAddresses = [
  '',
  'ann',
  '@example.com',
  'ann@',
  'ann@example',
  'a b@example.com',
  'ann@ex_ample.com',
];
const unusualAddresses = [
  "o'neil+tag@example.com",
  'a@b.c',
  '%=~@x-1.example',
  `${'x'.repeat(242)}@example.com`,
];
rule('room.co-host-email: has the form of an address', {
  refused: [
    ...[
      ...notTexts,
      ...badAddresses,
      'änn@example.com',
      'ann@example.com ',
      `${'x'.repeat(243)}@example.com`,
    ],
    'a..b@example.com',
  ].map((email) => ({ coHosts: [{ ...ann, email }] })),
  accepted: unusualAddresses.map((email) => ({ coHosts: [{ ...ann, email }] })),
});
rule('room.co-host-name: is text', {
  refused: notTexts.map((displayName) => ({ coHosts: [{ ...ann, displayName }] })),
  accepted: ['', 'Ann', 'アン'].map((displayName) => ({ coHosts: [{ ...ann, displayName }] })),
});
rule('room.co-hosts-distinct: has no address twice, whatever its case', {
  refused: [
    { coHosts: [ann, ann] },
    { coHosts: [{ ...ann, email: 'ANN@Example.com' }, ann] },
    { coHosts: [ann, bob, { ...ann, email: 'ANN@Example.com', displayName: 'Another' }] },
  ],
  accepted: [{ coHosts: [ann, { ...bob, displayName: 'Ann' }] }],
});

rule('room.anyone-as-co-host: is a boolean', {
  refused: each('supportAnyoneAsCoHost', given(notBooleans)),
  accepted: each('supportAnyoneAsCoHost', [true, false]),
});
rule('room.first-user-co-host: is a boolean', {
  refused: each('allowFirstUserToBeCoHost', given(notBooleans)),
  accepted: each('allowFirstUserToBeCoHost', [true, false]),
});
rule('room.co-host-modes: are not both on', {
  refused: [{ supportAnyoneAsCoHost: true, allowFirstUserToBeCoHost: true }],
  accepted: [
    { supportAnyoneAsCoHost: true, allowFirstUserToBeCoHost: false },
    { supportAnyoneAsCoHost: false, allowFirstUserToBeCoHost: true },
    { supportAnyoneAsCoHost: false, allowFirstUserToBeCoHost: false },
  ],
});
rule('room.authenticated-devices: is a boolean', {
  refused: each('allowAuthenticatedDevices', given(notBooleans)),
  accepted: each('allowAuthenticatedDevices', [true, false]),
});

test('a mode that is on already and one that a body adds count together', async () => {
  const on = { ...personalMeetingRoomExample, supportAnyoneAsCoHost: true };
  assert.equal((await request({ method: 'PUT', path, as: 'john', body: on })).status, 200);
  const { supportAnyoneAsCoHost: _, ...rest } = on;
  const both = { ...rest, allowFirstUserToBeCoHost: true };
  const answer = await request({ method: 'PUT', path, as: 'john', body: both });
  assert.deepEqual(
    answer.body.errors.map(({ rule }: { rule: string }) => rule),
    ['room.co-host-modes'],
  );
});
