/** Seals what must not lie in a database in clear: AES-256-GCM (NIST SP 800-38D), each text bound to its place. */
import { createCipheriv, createDecipheriv, hash, randomBytes } from 'node:crypto';
import type { Statement, Unit } from './database.ts';

/** 32 random bytes, and twelve hexadecimal digits that name them without telling anything of them. */
export interface SecretKey {
  readonly id: string;
  readonly bytes: Buffer;
}

export const keyBytes = 32;

export function secretKey(bytes: Buffer): SecretKey {
  return { id: hash('sha256', `anteroom secrets key ${bytes.toString('base64')}`).slice(0, 12), bytes };
}

/** A sealed text cannot be opened: changed, moved from another row, or sealed with a key that is not at hand. */
export class UnopenedSecret extends Error {
  override readonly name = 'UnopenedSecret';
}

const nonceBytes = 12;
const tagBytes = 16;
const form = /^sealed:([0-9a-f]{12}):([\w-]{16}):([\w-]+)$/;
const anywhere = /sealed:[0-9a-f]{12}:([\w-]{16}):[\w-]+/g;

/**
 * The first key seals; all of them open. Without a key everything stays as it is. What is not sealed is taken as it is: it
 * was written before there was a key, and is sealed by the next rotation.
 */
export class Secrets {
  readonly #keys: ReadonlyMap<string, SecretKey>;
  readonly #current: SecretKey | undefined;

  constructor(keys: readonly SecretKey[]) {
    this.#keys = new Map(keys.map((key) => [key.id, key]));
    this.#current = keys[0];
  }

  /** The id of the key that seals; undefined when there is none. */
  get keyId(): string | undefined {
    return this.#current?.id;
  }

  /** `context` names the row and the field: only there the text can be opened again. */
  seal(text: string, context: string): string {
    return this.#current === undefined
      ? text
      : sealWith(this.#current, text, context, randomBytes(nonceBytes));
  }

  /** Throws {@link UnopenedSecret}. */
  open(text: string, context: string): string {
    if (!text.startsWith('sealed:')) return text;
    const [, id = '', nonce = '', sealed = ''] = form.exec(text) ?? [];
    const key = this.#keys.get(id);
    if (key === undefined) throw new UnopenedSecret(`there is no key ${id} for a secret`);
    try {
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key.bytes, Buffer.from(nonce, 'base64url'));
      decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(-tagBytes));
      return decipher.update(bytes.subarray(0, -tagBytes), undefined, 'utf8') + decipher.final('utf8');
    } catch (error) {
      throw new UnopenedSecret('a secret was changed, or belongs to another row', { cause: error });
    }
  }

  /**
   * The same text under the key that seals now; as it is when it is sealed with that already. It keeps its nonce, so that
   * {@link withoutCiphers} stays the same: under another key that nonce is as unique as before.
   */
  reseal(text: string, context: string): string {
    const [, id, nonce] = form.exec(text) ?? [];
    if (this.#current === undefined || id === this.#current.id) return text;
    if (nonce === undefined) return this.seal(text, context);
    return sealWith(this.#current, this.open(text, context), context, Buffer.from(nonce, 'base64url'));
  }
}

/** For databases of development, and for what has no secrets in it. */
export const noSecrets = new Secrets([]);

function sealWith({ id, bytes }: SecretKey, text: string, context: string, nonce: Buffer): string {
  const cipher = createCipheriv('aes-256-gcm', bytes, nonce).setAAD(Buffer.from(context));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `sealed:${id}:${nonce.toString('base64url')}:${sealed.toString('base64url')}`;
}

/** A text with sealed ones in it, for checksums: it stays the same when they are sealed with another key. */
export function withoutCiphers(text: string): string {
  return text.replace(anywhere, 'sealed:$1');
}

/** The unit with its secrets sealed. */
export function sealedUnit(unit: Unit, secrets: Secrets): Unit {
  if (secrets.keyId === undefined) return unit;
  if (!Array.isArray(unit)) return sealedOneByOne(unit, secrets);
  const statements: readonly Statement[] = unit;
  return statements.some(({ secret }) => secret !== undefined)
    ? statements.map((statement) => sealedStatement(statement, secrets))
    : unit;
}

function* sealedOneByOne(unit: Unit, secrets: Secrets): Unit {
  for (const statement of unit) yield sealedStatement(statement, secrets);
}

function sealedStatement(statement: Statement, secrets: Secrets): Statement {
  const { secret, values, ...rest } = statement;
  if (secret === undefined) return statement;
  const sealed = secrets.seal(values[secret.index] as string, secret.context);
  return { ...rest, values: values.with(secret.index, sealed) };
}
