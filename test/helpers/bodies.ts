/** Bodies that every site accepts, and ways to send and read them: each test begins by putting the state it needs. */
import assert from 'node:assert/strict';
import type { RuleId } from '../../src/rules.ts';
import { type Answer, assertRefused, type Client } from './client.ts';
import { externalUrl } from './server.ts';

export const site1 = 'site1-example.webex.com';
export const site3 = 'site3-example.webex.com';
export const site4 = 'site4-example.webex.com';

/** For tests that look into the database, or start from a state that only a new one has. */
export const onlyOwnServer = {
  skip: externalUrl === undefined ? false : 'needs a server and a database of its own',
};

export const room = {
  topic: 'Room for tests',
  hostPin: '4325',
  enabledAutoLock: true,
  autoLockMinutes: 5,
  enabledNotifyHost: true,
  supportCoHost: true,
  supportAnyoneAsCoHost: false,
  allowFirstUserToBeCoHost: false,
  allowAuthenticatedDevices: true,
  coHosts: [{ email: 'marcus.hoffmann@example.com', displayName: 'Marcus Hoffmann' }],
};

export const audio = {
  defaultAudioType: 'webexAudio',
  otherTeleconferenceDescription: 'Ask the front desk',
  enabledGlobalCallIn: true,
  enabledTollFree: true,
  enabledAutoConnection: false,
  audioPin: '1314',
  officeNumber: {
    countryCode: '49',
    number: '(030) 12-34.5',
    enabledCallInAuthentication: true,
    enabledCallMe: false,
  },
  mobileNumber: { countryCode: '', number: '', enabledCallInAuthentication: false, enabledCallMe: false },
};

export const video = {
  videoDevices: [
    { deviceName: 'desk', deviceAddress: 'desk@example.com', isDefault: true },
    { deviceName: 'lobby', deviceAddress: 'lobby@example.com', isDefault: false },
  ],
};

export const scheduling = {
  enabledJoinBeforeHost: true,
  joinBeforeHostMinutes: 15,
  enabledAutoShareRecording: true,
  enabledWebexAssistantByDefault: true,
  delegateEmails: ['marcus.hoffmann@example.com', 'brenda.song@example.com'],
};

/** A path under /v1/meetingPreferences, with its query. */
export function pathOf(name: string, query: Readonly<Record<string, string | undefined>> = {}): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const parameters = new URLSearchParams(given).toString();
  const path = name === '' ? '/v1/meetingPreferences' : `/v1/meetingPreferences/${name}`;
  return parameters === '' ? path : `${path}?${parameters}`;
}

export interface Section {
  readonly put: (body: unknown) => Promise<Answer>;
  /** The body of the answer to a GET, which has to be a 200. */
  // biome-ignore lint/suspicious/noExplicitAny: what a server answers is for the test to judge
  readonly read: () => Promise<any>;
}

/** A section of one's own on one site. */
export function sectionOf(request: Client, name: string, as: string, siteUrl: string): Section {
  const path = pathOf(name, { siteUrl });
  return {
    put: (body) => request({ method: 'PUT', path, as, body }),
    read: async () => {
      const answer = await request({ path, as });
      assert.equal(answer.status, 200, answer.text);
      return answer.body;
    },
  };
}

/** A rule that has to be named, and the field its description has to begin with. */
export type ExpectedFault = readonly [rule: RuleId, field: string];

/** Checks that an answer is a 400 with exactly these faults, each about its field. */
export function assertFaults(answer: Answer, ...faults: ExpectedFault[]): void {
  assertRefused(answer, 400, ...faults.map(([rule]) => rule));
  const open = [...faults];
  for (const { rule, description } of answer.body.errors) {
    const index = open.findIndex(([id, field]) => id === rule && description.startsWith(`${field} `));
    assert.notEqual(index, -1, `unexpected: ${rule}: ${description}`);
    open.splice(index, 1);
  }
}

/** Puts `valid` with one change after the other, each of which has to be refused for its fault and change nothing. */
export async function assertEachRefused(
  { put, read }: Section,
  valid: object,
  changes: readonly (readonly [change: object, fault: ExpectedFault])[],
): Promise<void> {
  assert.equal((await put(valid)).status, 200);
  const before = await read();
  for (const [change, fault] of changes) assertFaults(await put({ ...valid, ...change }), fault);
  assert.deepEqual(await read(), before);
}

/** Puts `valid` with one change after the other, each of which has to be taken and be there afterwards. */
export async function assertEachAccepted(
  { put, read }: Section,
  valid: object,
  changes: readonly object[],
): Promise<void> {
  for (const change of changes) {
    const answer = await put({ ...valid, ...change });
    assert.equal(answer.status, 200, `${JSON.stringify(change)}: ${answer.text}`);
    assert.deepEqual(await read(), { ...answer.body, ...change });
  }
}

/** `body` without one of its fields. */
export function without(body: object, field: string): object {
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== field));
}

/** Checks that each field is required: leaving out all of them names every one, and null is no value. */
export async function assertRequired(
  { put, read }: Section,
  valid: object,
  fields: readonly string[],
): Promise<void> {
  assert.equal((await put(valid)).status, 200);
  const before = await read();
  assertFaults(await put({}), ...fields.map((field) => ['body.required-field', field] as const));
  for (const field of fields) {
    assertFaults(await put(without(valid, field)), ['body.required-field', field]);
    const answer = await put({ ...valid, [field]: null });
    assertRefused(answer, 400);
    assert.match(answer.body.errors[0].description, new RegExp(`^${field} `));
  }
  assert.deepEqual(await read(), before);
}

/** Checks that each field keeps its value when a request leaves it out, or gives null. */
export async function assertKept(
  { put, read }: Section,
  valid: object,
  fields: readonly string[],
): Promise<void> {
  assert.equal((await put(valid)).status, 200);
  const before = await read();
  for (const field of fields) {
    assert.equal((await put(without(valid, field))).status, 200);
    assert.equal((await put({ ...valid, [field]: null })).status, 200);
    assert.deepEqual(await read(), before);
  }
}
