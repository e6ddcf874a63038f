/** Makes what a personal room is known by: its id, access code, meeting id and first PINs. */
import type { SiteSettings } from './site-settings.ts';

/** A source of random bytes: `randomBytes` of node:crypto, or a fixed one in tests. */
export type RandomBytes = (count: number) => Buffer;

/** An id by the site's rule: prefix, letters of the site in upper case, random digits. Not yet known to be free. */
export function generateRoomId(siteUrl: string, { roomIdRule }: SiteSettings, random: RandomBytes): string {
  const letters = siteUrl
    .replace(/[^a-z]/gi, '')
    .toUpperCase()
    .slice(0, roomIdRule.siteLetters);
  return `${roomIdRule.prefix}${letters.padEnd(roomIdRule.siteLetters, 'X')}${digits(roomIdRule.digits, random)}`;
}

/** Ten digits that lead a caller to the room. Not yet known to be free. */
export function generateAccessCode(random: RandomBytes): string {
  return digits(10, random);
}

/** 32 hexadecimal digits. */
export function generateMeetingId(random: RandomBytes): string {
  return random(16).toString('hex');
}

/** Sixteen digits whose first four and last four are neither a run nor one digit repeated. */
export function generateInitialPins(random: RandomBytes): string {
  for (;;) {
    const pins = digits(16, random);
    if (areSafePins(pins)) return pins;
  }
}

/** Whether no PIN that is taken from either end of these digits is a run or one digit repeated. */
export function areSafePins(pins: string): boolean {
  return isSafe(pins.slice(0, 4)) && isSafe(pins.slice(-4));
}

/** Steps between neighbours are not all the same small one: then no longer PIN with this beginning is a run either. */
function isSafe(pin: string): boolean {
  const steps = new Set(
    Array.from({ length: pin.length - 1 }, (_, index) => Number(pin[index + 1]) - Number(pin[index])),
  );
  return steps.size > 1 || Math.abs([...steps][0]!) > 1;
}

/** Uniform: bytes from 250 would favour the low digits. */
function digits(count: number, random: RandomBytes): string {
  let result = '';
  while (result.length < count) {
    for (const value of random(count)) if (value < 250 && result.length < count) result += value % 10;
  }
  return result;
}
