/** One-time codes of an authenticator app (TOTP, RFC 6238): six digits that hold for half a minute. */
import { randomBytes } from 'node:crypto';

const stepMs = 30_000;
/** Also the codes just before and after: clocks differ, and people type slowly. */
const stepsOff = 1;
/** 160 bits, as RFC 4226 section 4 asks for. */
const secretBytes = 20;

/** A new secret in hexadecimal digits. */
export function newSecret(): string {
  return randomBytes(secretBytes).toString('hex');
}

/** What an authenticator app reads, mostly from a QR code. */
export async function authenticatorUri(secret: string, email: string): Promise<string> {
  const { Secret, TOTP } = await import('otpauth');
  return new TOTP({ issuer: 'Anteroom', label: email, secret: Secret.fromHex(secret) }).toString();
}

/** The time step that `code` is of; undefined when it is of none around `now` (milliseconds since 1970). */
export async function stepOf(code: string, secret: string, now: number): Promise<number | undefined> {
  const { Secret, TOTP } = await import('otpauth');
  const token = code.replaceAll(' ', '');
  if (!/^\d{6}$/.test(token)) return undefined;
  const delta = TOTP.validate({ token, secret: Secret.fromHex(secret), timestamp: now, window: stepsOff });
  return delta === null ? undefined : Math.floor(now / stepMs) + delta;
}
