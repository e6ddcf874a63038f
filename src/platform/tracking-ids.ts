/** Names of requests, by which an answer is found in the log (contract section 4). */
import { randomUUID } from 'node:crypto';

/** The client's own tracking id when it is 1 to 128 printable ASCII characters without spaces and quotes. */
export function trackingIdFor(own: string | string[] | undefined): string {
  if (typeof own === 'string' && /^[!#-&(-~]{1,128}$/.test(own)) return own;
  return nextTrackingId();
}

/**
 * The end of a uuid counts the requests of this process, the rest is random and its own: unique without asking for
 * randomness each time, which would be a thirtieth of a read. Nobody has to be unable to guess a tracking id.
 */
const trackingPrefix = `ROUTERGW_${randomUUID().slice(0, -12)}`;
/** All that the last two digits can be: the ones before change only when these begin anew. */
const trackingEndings = Array.from({ length: 16 ** 2 }, (_, number) => hex(number, 2));
let trackingStart = '';
let trackingNumber = 0;

function nextTrackingId(): string {
  const ending = trackingNumber % trackingEndings.length;
  if (ending === 0) trackingStart = trackingPrefix + hex(trackingNumber / trackingEndings.length, 10);
  trackingNumber += 1;
  return trackingStart + trackingEndings[ending];
}

function hex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, '0');
}
