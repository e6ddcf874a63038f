/** Readers of text: every script, look-alikes, broken Unicode and texts that are far too long. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { keyOf } from '../../src/directory/email.ts';
import { audioExample, personalMeetingRoomExample, videoExample } from '../../src/preferences/examples.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { injectClientOf } from '../helpers/inject.ts';
import { storableText } from '../helpers/random-bodies.ts';
import { openDatabase, startServer } from '../helpers/server.ts';

const database = await openDatabase();
const request = injectClientOf(database);
const overHttp = clientOf((await startServer({ database })).url);
const numRuns = 1_000;

interface TextField {
  readonly name: string;
  readonly path: string;
  readonly maxLength: number;
  body(text: string): object;
  // biome-ignore lint/suspicious/noExplicitAny: the answer of the section
  read(body: any): string;
}

const fields: readonly TextField[] = [
  {
    name: 'topic',
    path: '/v1/meetingPreferences/personalMeetingRoom',
    maxLength: 127,
    body: (text) => ({ ...personalMeetingRoomExample, topic: `x${text}` }),
    read: ({ topic }) => topic.slice(1),
  },
  {
    name: 'displayName',
    path: '/v1/meetingPreferences/personalMeetingRoom',
    maxLength: 2000,
    body: (text) => ({
      ...personalMeetingRoomExample,
      coHosts: [{ email: 'ann@example.com', displayName: text }],
    }),
    read: ({ coHosts }) => coHosts[0].displayName,
  },
  {
    name: 'otherTeleconferenceDescription',
    path: '/v1/meetingPreferences/audio',
    maxLength: 2000,
    body: (text) => ({ ...audioExample, otherTeleconferenceDescription: text }),
    read: ({ otherTeleconferenceDescription }) => otherTeleconferenceDescription,
  },
  {
    name: 'deviceName',
    path: '/v1/meetingPreferences/video',
    maxLength: 2000,
    body: (text) => {
      const [, device] = videoExample.videoDevices;
      return { videoDevices: [{ ...device, deviceName: `x${text}` }] };
    },
    read: ({ videoDevices }) => videoDevices[0].deviceName.slice(1),
  },
];

/** Composed and decomposed, right to left and its overrides, joiners, marks, noncharacters, controls, two planes. */
const remarkable = [
  ...[
    '\u00e9',
    'e\u0301',
    '\u00c5',
    '\u212b',
    '\ufb01',
    '\u1e9b\u0323',
    'שלום',
    '\u202eabc\u202c',
    '\u2067x\u2069',
  ],
  ...[
    '\u200b',
    '\u200d',
    '\ufeff',
    '\uffff',
    '\u0001',
    '\u007f',
    '\u0085',
    '\u2028',
    '\u{1f469}\u200d\u{1f4bb}',
  ],
  ...['\u{10ffff}', '"', '\\', '\\u0000', '</script>', "'; drop table preferences; --", '%00', '\r\n\t'],
];

for (const { name, path, maxLength, body, read } of fields) {
  const put = (text: string) => request({ method: 'PUT', path, as: 'john', body: body(text) });

  test(`${name}: what is stored is what was sent, code point by code point`, async () => {
    const text = fc.oneof(fc.constantFrom(...remarkable), storableText({ maxLength }));
    const check = async (value: string) => {
      const answer = await put(value);
      assert.equal(answer.status, 200, answer.text);
      const stored = await request({ path, as: 'john' });
      assert.equal(read(stored.body), value);
    };
    for (const value of remarkable) await check(value);
    await fc.assert(fc.asyncProperty(text, check), { numRuns });
  });

  test(`${name}: NUL and half a surrogate pair are refused wherever they stand`, async () => {
    const before = (await request({ path, as: 'john' })).text;
    const bad = fc.oneof(
      fc.constant('\0'),
      fc.integer({ min: 0xd800, max: 0xdfff }).map((unit) => String.fromCharCode(unit)),
    );
    const around = fc.string({ unit: 'grapheme', maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(around, bad, around, async (start, middle, end) => {
        assertRefused(await put(start + middle + end), 400, 'body.text');
        assert.equal((await request({ path, as: 'john' })).text, before);
      }),
      { numRuns },
    );
  });

  test(`${name}: a huge text is stored whole or refused`, async () => {
    const length = fc.integer({ min: 1, max: 70_000 });
    const letter = fc.constantFrom('x', '\u00e9', '電', '\u{1f600}', '"', '\n');
    await fc.assert(
      fc.asyncProperty(letter, length, async (one, count) => {
        const before = (await request({ path, as: 'john' })).text;
        const text = one.repeat(count);
        const answer = await put(text);
        const after = await request({ path, as: 'john' });
        if (answer.status === 200) assert.equal(read(after.body), text);
        else {
          assertRefused(answer, answer.status === 413 ? 413 : 400);
          assert.equal(after.text, before);
        }
      }),
      { numRuns: 100 },
    );
  });
}

test('an address with anything but ASCII in it is none', async () => {
  const path = '/v1/meetingPreferences/schedulingOptions/delegateEmails/insert';
  const foreign = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 3 })
    .filter((text) => /[^\0-\x7f]/.test(text.trim()));
  await fc.assert(
    fc.asyncProperty(foreign, fc.nat(15), async (text, at) => {
      const address = `${'ann@example.com'.slice(0, at)}${text}${'ann@example.com'.slice(at)}`;
      const answer = await request({ method: 'POST', path, as: 'john', body: { emails: [address] } });
      assertRefused(answer, 400);
      const [{ rule }] = answer.body.errors;
      assert.equal(rule, text.includes('\0') ? 'body.text' : 'scheduling.delegate-email');
    }),
    { numRuns },
  );
});

test('two keys are the same for texts that differ in the case of ASCII letters, and for no others', () => {
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom(...'aAkKsS@.', '\u212a', '\u017f', '\u0130', '\u00e9', '\u00c9'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
    maxLength: 5,
  });
  const folded = (value: string) =>
    value.replace(/[A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 32));
  fc.assert(
    fc.property(text, text, (one, other) => {
      assert.equal(keyOf(one) === keyOf(other), folded(one) === folded(other));
      assert.equal(keyOf(keyOf(one)), keyOf(one));
      assert.equal(keyOf(one.toWellFormed()), folded(one.toWellFormed()));
    }),
    {
      numRuns: 20_000,
      examples: [
        ['\u212a', 'k'],
        ['\u0130', 'i\u0307'],
        ['\u00c9', '\u00e9'],
      ],
    },
  );
});

test('query parameters and paths of any text find somebody, nobody or a refusal', async () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }).map((text) => encodeURIComponent(text)),
    fc.constantFrom(
      '%00',
      '%ff',
      '%c0%80',
      '%zz',
      '%',
      '%ed%a0%80',
      '+',
      '&',
      '=',
      ';',
      '[]',
      '..',
      'john.andersen',
    ),
  );
  const text = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('john', 'admin'), text, text, async (as, user, site) => {
      const path = '/v1/meetingPreferences/video';
      const paths = [
        `${path}?userEmail=${user}`,
        `${path}?siteUrl=${site}`,
        `${path}?userEmail=${user}&siteUrl=${site}`,
      ];
      for (const target of [...paths, `/v1/meetings/${site.replaceAll('&', '')}/globalCallinNumbers`]) {
        const answer = await overHttp({ path: target, as });
        if (answer.status !== 200) assertRefused(answer, answer.status);
        assert.ok([200, 400, 403, 404].includes(answer.status), `${answer.status} ${target}`);
        if (answer.status === 200) assert.doesNotMatch(target, /userEmail=[^&]|siteUrl=[^&]/);
      }
    }),
    { numRuns: 300 },
  );
});
