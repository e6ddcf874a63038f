/** Every four-digit PIN, judged by the rules and by a list of the PINs that are too simple. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Member, Membership } from '../../src/directory/member.ts';
import { withDefaults } from '../../src/directory/site-settings.ts';
import { ApiError } from '../../src/errors.ts';
import { updateAudioOptions } from '../../src/preferences/audio/rules.ts';
import { audioExample, personalMeetingRoomExample } from '../../src/preferences/examples.ts';
import { updatePersonalMeetingRoomOptions } from '../../src/preferences/personal-meeting-room/rules.ts';

const runs = '0123 1234 2345 3456 4567 5678 6789 9876 8765 7654 6543 5432 4321 3210'.split(' ');
const repetitions = '0000 1111 2222 3333 4444 5555 6666 7777 8888 9999'.split(' ');
const pins = Array.from({ length: 10_000 }, (_, number) => String(number).padStart(4, '0'));

const subject = subjectOn(4);

function subjectOn(hostPinLength: number) {
  const settings = withDefaults({ hostPinLength });
  const site = { siteUrl: 'site.example', organizationId: 'o', settings };
  const membership: Membership = {
    id: 'u site.example',
    site,
    siteAdministrator: false,
    roomId: 'ann',
    accessCode: '1',
    meetingId: '0',
    initialPins: '4325432543254325',
  };
  const user: Member = {
    id: 'u',
    organizationId: 'o',
    email: 'ann@site.example',
    emailKey: 'ann@site.example',
    displayName: 'Ann',
    fullAdministrator: false,
    active: true,
    defaultSiteUrl: 'site.example',
    defaultMembership: membership,
    memberships: [membership],
  };
  return { user, membership };
}

function brokenBy(change: () => unknown): (string | undefined)[] {
  try {
    change();
    return [];
  } catch (error) {
    assert.ok(error instanceof ApiError);
    return error.faults.map(({ rule }) => rule);
  }
}

function brokenByHostPin(hostPin: string, on = subject): (string | undefined)[] {
  const current = { ...personalMeetingRoomExample, hostPin: '' };
  return brokenBy(() => {
    const body = { ...personalMeetingRoomExample, hostPin };
    assert.equal(updatePersonalMeetingRoomOptions(current, body, on, 'documented').hostPin, hostPin);
  });
}

function brokenByAudioPin(audioPin: string): (string | undefined)[] {
  return brokenBy(() => {
    const body = { ...audioExample, audioPin };
    assert.equal(updateAudioOptions(audioExample, body, subject, 'documented').audioPin, audioPin);
  });
}

function expected(pin: string, section: 'room.host-' | 'audio.'): string[] {
  if (runs.includes(pin)) return [`${section}pin-sequence`];
  return repetitions.includes(pin) ? [`${section}pin-repetition`] : [];
}

test('of 10,000 host PINs exactly 14 runs and 10 repetitions are refused', () => {
  for (const pin of pins) assert.deepEqual(brokenByHostPin(pin), expected(pin, 'room.host-'), pin);
});

test('of 10,000 audio PINs exactly 14 runs and 10 repetitions are refused', () => {
  for (const pin of pins) assert.deepEqual(brokenByAudioPin(pin), expected(pin, 'audio.'), pin);
});

test('a host PIN is judged over its whole length, on sites of every length', () => {
  for (let length = 4; length <= 12; length += 1) {
    const on = subjectOn(length);
    const run = '0123456789'.slice(0, length);
    if (run.length === length) assert.deepEqual(brokenByHostPin(run, on), ['room.host-pin-sequence']);
    assert.deepEqual(brokenByHostPin('7'.repeat(length), on), ['room.host-pin-repetition']);
    assert.deepEqual(brokenByHostPin(`${'7'.repeat(length - 1)}8`, on), []);
    // No run continues after 9: eleven and twelve digits have none.
    assert.deepEqual(brokenByHostPin('890123456789'.slice(0, length), on), []);
  }
});
