/** Passwords at rest: argon2id (RFC 9106), each with its own salt and with the costs it was made with. */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { unavailable } from '../errors.ts';

/** What a guess costs. What OWASP's cheat sheet asks of argon2id at least: 19 MiB, two passes. */
interface Costs {
  /** KiB. */
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

const costs: Costs = { memory: 19_456, passes: 2, parallelism: 1 };
const saltBytes = 16;
const hashBytes = 32;

/** Longer ones are refused before any work is done for them. */
export const passwordMaxBytes = 1024;
const passwordMinLength = 12;

/** Threads that compute, and tries that wait for one: more than that are an attack, or hopeless. */
const computing = { atOnce: 2, waiting: 100 };

const derive = promisify(argon2);

/** The hash of a password in the PHC string format, such as `$argon2id$v=19$m=19456,t=2,p=1$…salt$…hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const { memory, passes, parallelism } = costs;
  const key = await keyOf(password, salt, costs);
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(key)}`;
}

/** What a password is compared with where there is no account: as much work, and never right. */
const noAccount = `$argon2id$v=19$m=${costs.memory},t=${costs.passes},p=${costs.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** Whether `password` is the one of `stored`. Without an account, finds out that it is not, with as much work. */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const { salt, key, costs: made } = parse(stored ?? noAccount);
  const isRight = timingSafeEqual(await keyOf(password, salt, made), key);
  return isRight && stored !== undefined;
}

/** Whether a hash was made with other costs than those of today. */
export function isOutdated(stored: string): boolean {
  const { memory, passes, parallelism } = parse(stored).costs;
  return memory !== costs.memory || passes !== costs.passes || parallelism !== costs.parallelism;
}

/** Why nobody should have this password, to follow "The password must"; undefined when it is good enough. */
export function weaknessOf(password: string, names: readonly string[]): string | undefined {
  if ([...password].length < passwordMinLength) return `have ${passwordMinLength} characters or more`;
  if (Buffer.byteLength(password) > passwordMaxBytes) return `have ${passwordMaxBytes} bytes or less`;
  if (/^(.{1,4})\1+.{0,3}$/su.test(password)) return 'not be a few characters over and over';
  const text = password.toLowerCase();
  const isNamed = names.some((name) => name.length > 3 && text.includes(name.toLowerCase()));
  return isNamed && [...password].length < 2 * passwordMinLength
    ? 'not have their name or address in it, unless it is twice as long'
    : undefined;
}

function parse(stored: string): { costs: Costs; salt: Buffer; key: Buffer } {
  const [, memory, passes, parallelism, salt, key] =
    /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(stored)!;
  return {
    costs: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt!, 'base64'),
    key: Buffer.from(key!, 'base64'),
  };
}

let running = 0;
const waiting: (() => void)[] = [];

/** A 503 when too many wait already. */
async function keyOf(password: string, nonce: Buffer, made: Costs): Promise<Buffer> {
  if (running >= computing.atOnce) {
    if (waiting.length >= computing.waiting) throw unavailable();
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running += 1;
  try {
    // The same characters may come in two spellings, depending on the keyboard.
    const message = password.normalize('NFC');
    return await derive('argon2id', { message, nonce, tagLength: hashBytes, ...made });
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

/** The PHC string format leaves the padding out. */
function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
