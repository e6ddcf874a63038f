/** Which keys seal and open the secrets of a database: from a variable, a file, or made for it. */
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Config, sqlitePathOf } from './config.ts';
import { Conflict, type Database, UnusableDatabase } from './database.ts';
import { keyBytes, type SecretKey, Secrets, secretKey } from './secrets.ts';

export type SecretsConfig = Pick<Config, 'databaseUrl' | 'memory' | 'secretsKey' | 'secretsKeyFile'>;

/** Under this fact a database remembers the id of the key that its secrets are sealed with. */
const keyFact = 'secrets-key';
/** This fact is there as soon as nothing that was written before there was a key lies in clear. */
const sealedFact = 'secrets-sealed';

const findFact = 'select value from database_facts where name = ?';
const addFact = 'insert into database_facts (name, value) values (?, ?)';

export interface KeyOptions {
  /** Makes a key when none is given and the database has none yet; told of its file. */
  readonly made?: (file: string) => void;
}

/** The secrets of this database. Throws UnusableDatabase when its key is missing or is another one. */
export async function secretsOf(
  database: Database,
  config: SecretsConfig,
  { made }: KeyOptions = {},
): Promise<Secrets> {
  // What is in memory never lies anywhere.
  if (config.memory || config.databaseUrl === 'sqlite::memory:') return new Secrets([]);
  const known = (await database.get(findFact, [keyFact]))?.value as string | undefined;
  const file = config.secretsKeyFile === '' ? defaultKeyFile(config.databaseUrl) : config.secretsKeyFile;
  let keys = givenKeys(config, file);
  if (keys.length === 0 && known === undefined && made !== undefined) {
    keys = [makeKey(file)];
    made(file);
  }
  if (known !== undefined && !keys.some(({ id }) => id === known)) throw otherKey(known, keys, file);
  if (known === undefined && keys.length > 0) await adopt(database, keys[0]!, file);
  return new Secrets(keys);
}

/** Beside a database file; else in the folder `data`. */
function defaultKeyFile(databaseUrl: string): string {
  if (!databaseUrl.startsWith('sqlite:')) return 'data/anteroom.key';
  return `${sqlitePathOf(databaseUrl).replace(/\.db$/, '')}.key`;
}

function givenKeys({ secretsKey, secretsKeyFile }: SecretsConfig, file: string): SecretKey[] {
  if (secretsKey !== '') return keysIn(secretsKey, 'ANTEROOM_SECRETS_KEY');
  if (secretsKeyFile === '' && !existsSync(file)) return [];
  try {
    return keysIn(readFileSync(file, 'utf8'), file);
  } catch (error) {
    if (error instanceof UnusableDatabase) throw error;
    throw new UnusableDatabase(`The key file ${file} cannot be read: ${(error as Error).message}.`);
  }
}

/** One or more keys in base64, divided by commas or line breaks; a line that begins with # is a note. */
function keysIn(text: string, source: string): SecretKey[] {
  const words = text
    .replace(/^#.*$/gm, '')
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  const keys = words.map((word) => Buffer.from(word, 'base64'));
  if (keys.length === 0 || keys.some(({ length }) => length !== keyBytes)) {
    throw new UnusableDatabase(
      `${source} must hold keys of ${keyBytes} bytes in base64, such as \`openssl rand -base64 ${keyBytes}\` prints.`,
    );
  }
  return keys.map(secretKey);
}

/** On the disk before anything is sealed with it. */
function makeKey(file: string): SecretKey {
  const bytes = randomBytes(keyBytes);
  try {
    mkdirSync(dirname(file), { recursive: true });
    const descriptor = openSync(file, 'wx', 0o600);
    writeSync(
      descriptor,
      `# The key of Anteroom's secrets. Keep it secret, and keep a copy.\n${bytes.toString('base64')}\n`,
    );
    fsyncSync(descriptor);
    closeSync(descriptor);
    // The name of a new file is in its folder, which is on the disk only when it was told so itself.
    const folder = openSync(dirname(file), 'r');
    fsyncSync(folder);
    closeSync(folder);
  } catch (error) {
    throw new UnusableDatabase(`The key file ${file} cannot be written: ${(error as Error).message}.`);
  }
  return secretKey(bytes);
}

/** The database remembers the key; of two servers that start together with keys of their own, one is refused. */
async function adopt(database: Database, key: SecretKey, file: string): Promise<void> {
  try {
    await database.write([{ sql: addFact, values: [keyFact, key.id], changes: 1 }]);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    const known = (await database.get(findFact, [keyFact]))!.value as string;
    if (known !== key.id) throw otherKey(known, [key], file);
  }
}

function otherKey(known: string, keys: readonly SecretKey[], file: string): UnusableDatabase {
  const given = keys.length === 0 ? 'and no key is given' : `not with ${keys.map(({ id }) => id).join(', ')}`;
  return new UnusableDatabase(
    `The secrets of this database are sealed with the key ${known}, ${given}. Put that key into ANTEROOM_SECRETS_KEY or ${file}.`,
  );
}

/** Whether nothing from before the first key lies in clear any more. */
export async function isSealed(database: Database): Promise<boolean> {
  return (await database.get(findFact, [sealedFact])) !== undefined;
}

/** Remembers that all secrets are sealed with the key that seals now. */
export async function noteSealed(database: Database): Promise<void> {
  const put = `${addFact} on conflict (name) do update set value = excluded.value`;
  const id = database.secrets.keyId!;
  await database.write([
    { sql: put, values: [keyFact, id], changes: 1 },
    { sql: put, values: [sealedFact, id], changes: 1 },
  ]);
}
