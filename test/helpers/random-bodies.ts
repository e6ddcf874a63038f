/** Random bodies: valid ones, written from the contract and not from the schemas, and what becomes of them when changed. */
import fc from 'fast-check';

export type Fields = Readonly<Record<string, unknown>>;

/** A body, and what the contract says of it where that is known. */
export interface Candidate {
  readonly body: unknown;
  readonly expected: 'accepted' | 'refused' | 'either';
}

export interface RandomSection {
  readonly name: 'personalMeetingRoom' | 'audio' | 'video' | 'schedulingOptions';
  readonly path: string;
  /** Bodies with every field, that every demo site accepts. */
  readonly valid: fc.Arbitrary<Fields>;
  readonly optional: readonly string[];
}

/** Any text that can be stored: code points of every plane, without NUL. */
export const storableText = (limits: { minLength?: number; maxLength: number }) =>
  fc.string({ unit: 'binary', ...limits }).filter((text) => !text.includes('\0'));

const pin = fc
  .integer({ min: 0, max: 9999 })
  .map((number) => String(number).padStart(4, '0'))
  .filter((digits) => new Set(digits).size > 1)
  .filter((digits) => !'0123456789 9876543210'.includes(digits));

const local = fc.constantFrom('ann', 'Bob', "o'neil", 'a.b', 'x+y', '%=~', 'cy_1');
const domain = fc.constantFrom('example.com', 'EXAMPLE.com', 'x-1.example', 'a.b.c.example');
export const email = fc
  .tuple(local, fc.nat(30), domain)
  .map(([name, number, host]) => `${name}${number}@${host}`);

const boolean = fc.boolean();

const room: RandomSection = {
  name: 'personalMeetingRoom',
  path: '/v1/meetingPreferences/personalMeetingRoom',
  valid: fc
    .record({
      topic: storableText({ minLength: 1, maxLength: 128 }).filter((text) => text.trim() !== ''),
      hostPin: pin,
      enabledAutoLock: boolean,
      autoLockMinutes: fc.constantFrom(0, 5, 10, 15, 20),
      enabledNotifyHost: boolean,
      supportCoHost: boolean,
      mode: fc.constantFrom([false, false], [true, false], [false, true]),
      allowAuthenticatedDevices: boolean,
      coHosts: fc.uniqueArray(
        fc.record({ email, displayName: storableText({ maxLength: 20 }) }, { noNullPrototype: true }),
        { selector: (coHost) => coHost.email.toLowerCase(), maxLength: 4 },
      ),
    })
    .map(({ mode: [supportAnyoneAsCoHost, allowFirstUserToBeCoHost], ...rest }) => ({
      ...rest,
      supportAnyoneAsCoHost,
      allowFirstUserToBeCoHost,
    })),
  optional: ['supportAnyoneAsCoHost', 'allowFirstUserToBeCoHost', 'allowAuthenticatedDevices'],
};

const telephoneNumber = fc.record(
  {
    countryCode: fc.constantFrom('', '1', '49', '353', '1264', '0000'),
    number: fc.string({ unit: fc.constantFrom(...'0123456789 ().+-'), maxLength: 30 }),
    enabledCallInAuthentication: boolean,
    enabledCallMe: boolean,
  },
  { noNullPrototype: true },
);

const audio: RandomSection = {
  name: 'audio',
  path: '/v1/meetingPreferences/audio',
  valid: fc
    .record({
      defaultAudioType: fc.constantFrom('webexAudio', 'voipOnly', 'otherTeleconferenceService', 'none'),
      otherTeleconferenceDescription: storableText({ maxLength: 100 }),
      enabledGlobalCallIn: boolean,
      enabledTollFree: boolean,
      enabledAutoConnection: boolean,
      audioPin: pin,
      officeNumber: telephoneNumber,
      mobileNumber: telephoneNumber,
    })
    .filter(
      (fields) =>
        fields.defaultAudioType !== 'otherTeleconferenceService' ||
        fields.otherTeleconferenceDescription !== '',
    )
    .map((fields) => ({ ...fields })),
  optional: ['audioPin'],
};

const video: RandomSection = {
  name: 'video',
  path: '/v1/meetingPreferences/video',
  valid: fc
    .record({
      devices: fc.array(
        fc.record({ deviceName: storableText({ minLength: 1, maxLength: 20 }), deviceAddress: email }),
        { maxLength: 4 },
      ),
      chosen: fc.nat(),
    })
    .map(({ devices, chosen }) => ({
      videoDevices: devices.map((device, index) => ({
        ...device,
        isDefault: index === chosen % devices.length,
      })),
    })),
  optional: [],
};

const schedulingOptions: RandomSection = {
  name: 'schedulingOptions',
  path: '/v1/meetingPreferences/schedulingOptions',
  valid: fc
    .record({
      enabledJoinBeforeHost: boolean,
      joinBeforeHostMinutes: fc.constantFrom(0, 5, 10, 15),
      enabledAutoShareRecording: boolean,
      enabledWebexAssistantByDefault: boolean,
      delegateEmails: fc.uniqueArray(email, { selector: (address) => address.toLowerCase(), maxLength: 5 }),
    })
    .map((fields) => ({ ...fields })),
  optional: ['enabledWebexAssistantByDefault', 'delegateEmails'],
};

export const randomSections: readonly RandomSection[] = [room, audio, video, schedulingOptions];

type Change =
  | { readonly way: 'drop' | 'null'; readonly at: number }
  | { readonly way: 'replace'; readonly at: number; readonly value: unknown };

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ way: fc.constantFrom('drop' as const, 'null' as const), at: fc.nat(15) }),
  fc.record({
    way: fc.constant('replace' as const),
    at: fc.nat(15),
    value: fc.jsonValue({ maxDepth: 2 }),
  }),
);

/** Without backslashes: V8 may read two names that have to be escaped as one (nodejs/node#63785), which is refused. */
const passedOver = fc.jsonValue({ maxDepth: 2 }).filter((value) => !JSON.stringify(value).includes('\\'));

/** Valid bodies with up to three fields changed and with fields that nobody knows, and JSON of any kind. */
export function candidates(
  valid: fc.Arbitrary<Fields>,
  optional: readonly string[],
): fc.Arbitrary<Candidate> {
  const changed = fc
    .record({
      base: valid,
      changes: fc.uniqueArray(change, { selector: ({ at }) => at, maxLength: 3, size: 'small' }),
      unknown: fc.option(passedOver, { nil: undefined, freq: 3 }),
    })
    .map(({ base, changes, unknown }) => {
      const start: Candidate = {
        body: unknown === undefined ? base : { ...base, 'x-unknown': unknown },
        expected: 'accepted',
      };
      return changes.reduce((candidate, next) => applied(candidate, base, next, optional), start);
    });
  const anything = fc.jsonValue({ maxDepth: 3 }).map((body): Candidate => ({ body, expected: 'either' }));
  return fc.oneof({ arbitrary: changed, weight: 5 }, { arbitrary: anything, weight: 1 });
}

function applied(
  { body, expected }: Candidate,
  base: Fields,
  next: Change,
  optional: readonly string[],
): Candidate {
  const name = Object.keys(base)[next.at];
  if (name === undefined) return { body, expected };
  const { [name]: _, ...rest } = body as Fields;
  const isOptional = optional.includes(name);
  const worse = (verdict: Candidate['expected']) =>
    expected === 'refused' || verdict === 'accepted' ? expected : verdict;
  // What is stored already decides whether an optional field may be left out beside the others.
  if (next.way !== 'replace') {
    const changed = next.way === 'drop' ? rest : { ...rest, [name]: null };
    return { body: changed, expected: worse(isOptional ? 'either' : 'refused') };
  }
  const isRetyped = next.value !== null && kindOf(next.value) !== kindOf(base[name]);
  return { body: { ...rest, [name]: next.value }, expected: worse(isRetyped ? 'refused' : 'either') };
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  return value === null ? 'null' : typeof value;
}
