import { videoExample } from '../../src/preferences/examples.ts';
import { clientOf } from '../helpers/client.ts';
import { notBooleans, notLists, notObjects, notTexts, ruleTests } from '../helpers/section-rules.ts';
import { startServer } from '../helpers/server.ts';

const request = clientOf((await startServer()).url);
const rule = ruleTests(request, '/v1/meetingPreferences/video', videoExample);
const desk = { deviceName: 'Desk', deviceAddress: 'desk@example.com', isDefault: true };
const wall = { deviceName: 'Wall', deviceAddress: 'wall@example.com', isDefault: false };

/** Lists of the default device and another one with this in place of its own. */
function second(part: string, values: readonly unknown[]) {
  return values.map((value) => ({ videoDevices: [desk, { ...wall, [part]: value }] }));
}

rule('video.devices: is a list', {
  refused: notLists.map((videoDevices) => ({ videoDevices })),
  accepted: [{ videoDevices: [] }, { videoDevices: [desk] }, { videoDevices: [wall, desk] }],
});
rule('video.device: is an object', {
  refused: notObjects.map((value) => ({ videoDevices: [desk, value] })),
  accepted: [{ videoDevices: [desk, wall] }],
});
rule('video.device-name: is text that is not empty', {
  refused: second('deviceName', [...notTexts, '']),
  accepted: second('deviceName', ['x', ' ', 'Desk', '会議室']),
});
rule('video.device-address: has the form of an address', {
  refused: second('deviceAddress', [
    ...notTexts,
    ...[
      '',
      'wall',
      'wall@',
      '@example.com',
      'wall@example',
      'wall@10.0.0.1 ',
      'sip:wall@example.com',
      'wäll@example.com',
    ],
  ]),
  accepted: second('deviceAddress', ['w@e.x', 'Wall.1@Room-2.example.com', 'wall@10.0.0.1']),
});
rule('video.is-default: is a boolean', {
  refused: second('isDefault', notBooleans),
  accepted: second('isDefault', [false]),
});

/** All lists of up to four devices, by which of them are default. */
const lists = Array.from({ length: 31 }, (_, number) =>
  [...(number + 1).toString(2).slice(1)].map((bit) => ({ ...desk, isDefault: bit === '1' })),
);
const defaultsIn = (devices: (typeof lists)[number]) => devices.filter(({ isDefault }) => isDefault).length;
rule('video.one-default: has one default device or no device', {
  refused: lists
    .filter((devices) => devices.length > 0 && defaultsIn(devices) !== 1)
    .map((videoDevices) => ({ videoDevices })),
  accepted: lists
    .filter((devices) => devices.length === 0 || defaultsIn(devices) === 1)
    .map((videoDevices) => ({ videoDevices })),
});
