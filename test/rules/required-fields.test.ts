/** Each required field of each operation is left out once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  audioExample,
  personalMeetingRoomExample,
  schedulingOptionsExample,
  videoExample,
} from '../../src/preferences/examples.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';

const request = clientOf((await startServer()).url);
const site = 'site4-example.webex.com';
const number = 'countryCode number enabledCallInAuthentication enabledCallMe';

interface Write {
  readonly method?: string;
  readonly path: string;
  readonly as?: string;
  readonly valid: object;
  /** The required fields, by where they are: the body itself is ''. */
  readonly required: Readonly<Record<string, string>>;
}

const writes: readonly Write[] = [
  {
    path: '/personalMeetingRoom',
    valid: personalMeetingRoomExample,
    required: {
      '': 'topic hostPin enabledAutoLock autoLockMinutes enabledNotifyHost supportCoHost coHosts',
      'coHosts[0]': 'email displayName',
    },
  },
  {
    path: '/audio',
    valid: audioExample,
    required: {
      '': 'defaultAudioType otherTeleconferenceDescription enabledGlobalCallIn enabledTollFree enabledAutoConnection officeNumber mobileNumber',
      officeNumber: number,
      mobileNumber: number,
    },
  },
  {
    path: '/video',
    valid: videoExample,
    required: { '': 'videoDevices', 'videoDevices[1]': 'deviceName deviceAddress isDefault' },
  },
  {
    path: '/schedulingOptions',
    valid: schedulingOptionsExample,
    required: { '': 'enabledJoinBeforeHost joinBeforeHostMinutes enabledAutoShareRecording' },
  },
  { path: '/sites?defaultSite=true', valid: { siteUrl: site }, required: { '': 'siteUrl' } },
  ...['insert', 'delete'].map((way) => ({
    method: 'POST',
    path: `/schedulingOptions/delegateEmails/${way}`,
    valid: { emails: ['ann@example.com'] },
    required: { '': 'emails' },
  })),
];

/** `value` without the field at this path, such as `coHosts[0].email`. */
function without(value: object, path: string): object {
  const copy = structuredClone(value);
  const names = path.split(/[.[\]]+/);
  const last = names.pop()!;
  const holder = names.reduce<object>((inner, name) => Reflect.get(inner, name) as object, copy);
  assert.ok(Reflect.has(holder, last), path);
  Reflect.deleteProperty(holder, last);
  return copy;
}

async function everything(): Promise<string> {
  return (await request({ path: '/v1/meetingPreferences', as: 'john' })).text;
}

for (const { method = 'PUT', path, valid, required } of writes) {
  test(`body.required-field: ${method} ${path} needs each of its required fields`, async () => {
    const send = (body: object) =>
      request({ method, path: `/v1/meetingPreferences${path}`, as: 'john', body });
    const before = await everything();
    for (const [holder, names] of Object.entries(required)) {
      for (const name of names.split(' ')) {
        const field = holder === '' ? name : `${holder}.${name}`;
        const answer = await send(without(valid, field));
        assertRefused(answer, 400, 'body.required-field');
        assert.ok(answer.body.message.startsWith(`${field} is missing`), answer.body.message);
      }
    }
    const all = required['']!.split(' ').map(() => 'body.required-field' as const);
    assertRefused(await send({ x: 1 }), 400, ...all);
    assert.equal(await everything(), before);
    assert.ok((await send(valid)).status < 300);
  });
}

test('body.required-field: a batch of room ids names its site and its items', async () => {
  const path = '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId';
  const valid = {
    siteUrl: site,
    personalMeetingRoomIds: [{ email: 'john.andersen@example.com', personalMeetingRoomId: 'john2' }],
  };
  const send = (body: object) => request({ method: 'POST', path, as: 'admin', body });
  const before = await everything();
  for (const field of Object.keys(valid)) {
    assertRefused(await send(without(valid, field)), 400, 'body.required-field');
  }
  assert.equal(await everything(), before);
  assert.equal((await send(valid)).status, 200);
});
