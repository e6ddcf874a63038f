/** The settings: each from its flag, else its environment variable, else its default. The only reader of process.env. */
import { choice, databaseUrl, flag, httpOrigin, integer, proxies, type Setting, text } from './setting.ts';
import { signInSettings } from './sign-in-settings.ts';

/** A flag or variable with a value that is none; the message names it and says what is allowed. */
export class InvalidSetting extends Error {
  override readonly name = 'InvalidSetting';
}

const hourMs = 3_600_000;

export const settings = {
  host: text('127.0.0.1', 'ADDRESS', 'The address to listen on; only this machine can reach the default.'),
  port: integer(4600, 0, 65_535, 'The port to listen on; 0 picks a free one and prints it.'),
  workers: integer(1, 1, 64, 'How many processes serve the port; more than one are supervised and replaced.'),
  publicUrl: httpOrigin(
    'The URL under which browsers and integrations reach the server, when that is not where it listens: behind a proxy.',
  ),
  databaseUrl: databaseUrl(
    'Where the data is kept: `sqlite:` and a file, `sqlite::memory:` for nowhere, or `postgres://user@host/database`, with `?sslmode=` and the like behind it.',
  ),
  secretsKey: text(
    '',
    'KEYS',
    'The keys of the secrets: 32 bytes in base64, or several divided by commas, of which the first seals and all open. A variable alone, because others can see flags.',
  ),
  secretsKeyFile: text(
    '',
    'FILE',
    'A file with such keys, a line each. When neither is given: beside a database file, else data/anteroom.key; `anteroom serve` makes it.',
  ),
  databasePoolSize: integer(10, 2, 1_000, 'How many connections to PostgreSQL at most.'),
  databaseTimeoutMs: integer(
    2_000,
    100,
    hourMs,
    'How long PostgreSQL may take for a statement, in ms; then the answer is 503.',
  ),
  memory: flag('Keep nothing: the same as the database URL `sqlite::memory:`.'),
  allowRemote: flag(
    'Let development mode, whose tokens everybody knows, listen on an address others can reach.',
  ),
  compatibility: choice(
    ['documented', 'lenient'],
    'How exact a client must be: as documented, or lenient about missing fields, numbers in quotes and parameters in the body.',
  ),
  logLevel: choice(
    ['info', 'warn', 'error', 'silent'],
    'What is logged: every request, or only what went wrong.',
  ),
  logFormat: choice(
    ['auto', 'json', 'pretty'],
    'How it is logged: auto is pretty on a terminal and JSON elsewhere.',
  ),
  headersTimeoutMs: integer(15_000, 100, hourMs, 'How long a client may take to send its headers, in ms.'),
  requestTimeoutMs: integer(
    30_000,
    100,
    hourMs,
    'How long a client may take to send a whole request, in ms.',
  ),
  keepAliveTimeoutMs: integer(72_000, 0, hourMs, 'How long an idle connection is kept, in ms.'),
  stopTimeoutMs: integer(
    10_000,
    0,
    hourMs,
    'How long running requests may take to end when the server stops, in ms.',
  ),
  trustProxy: proxies(
    'Proxies whose `X-Forwarded-For` tells the address of a client; without, it is ignored. Needed behind a proxy, where all requests come from one address.',
  ),
  addressRate: integer(
    100,
    0,
    1_000_000,
    'How many requests a second are taken from one address, on average; 0 for any number. Each process counts for itself.',
  ),
  addressBurst: integer(1_000, 1, 1_000_000, 'How many requests may come at once from one address.'),
  tokenRate: integer(
    50,
    0,
    1_000_000,
    'How many requests a second are taken with one token or session, on average; 0 for any number. Each process counts for itself.',
  ),
  tokenBurst: integer(500, 1, 1_000_000, 'How many requests may come at once with one token or session.'),
  concurrencyLimit: integer(
    1_000,
    1,
    1_000_000,
    'How many requests a process works on at once; to more it answers 503.',
  ),
  ...signInSettings,
  oauthAccessTokenMinutes: integer(
    60,
    1,
    525_600,
    'For how many minutes an access token works that an integration or a service account obtained.',
  ),
  oauthRefreshTokenDays: integer(
    90,
    1,
    365,
    'For how many days an integration can renew its access without being used; at the latest after a year the user is asked again.',
  ),
  historyRetentionDays: integer(
    0,
    0,
    36_500,
    'For how many days what was changed can be looked up; 0 keeps all. Older versions are removed in the background, but for those in force.',
  ),
  auditRetentionDays: integer(
    0,
    0,
    36_500,
    'For how many days the audit log is kept; 0 keeps all. Older events are removed in the background.',
  ),
} as const satisfies Record<string, Setting<unknown>>;

export type SettingName = keyof typeof settings;
export type Config = {
  readonly [Name in SettingName]: NonNullable<ReturnType<(typeof settings)[Name]['parse']>>;
};

/** `databaseUrl` as `--database-url`. */
export function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** `databaseUrl` as `ANTEROOM_DATABASE_URL`. */
export function variableOf(name: string): string {
  return `ANTEROOM_${name.replace(/[A-Z]/g, '_$&').toUpperCase()}`;
}

/**
 * The frozen settings. `flags` are what the command line gave, by setting name; `defaults` are the command's own.
 * An empty variable counts as not set. Throws {@link InvalidSetting}.
 */
export function loadConfig(
  flags: Readonly<Record<string, string | boolean | undefined>>,
  defaults: Partial<Config> = {},
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  const values = Object.entries(settings).map(([name, setting]) => {
    const given = flags[name];
    const source = given === undefined ? variableOf(name) : flagOf(name);
    const value = given === undefined ? environment[variableOf(name)] : String(given);
    if (value === undefined || value === '') return [name, defaults[name as SettingName] ?? setting.default];
    const parsed = setting.parse(value);
    if (parsed === undefined)
      throw new InvalidSetting(`${source} must be ${setting.allowed}, not "${shownUrl(value)}".`);
    return [name, parsed];
  });
  return Object.freeze(Object.fromEntries(values)) as Config;
}

/** The file of a `sqlite:` URL: absolute with `sqlite:///path`, else from the working directory; or `:memory:`. */
export function sqlitePathOf(url: string): string {
  return url.replace(/^sqlite:(\/\/(?=\/))?/, '');
}

/** A database URL as it may be shown: without a password. */
export function shownUrl(url: string): string {
  return url.replace(/(:\/\/[^:@/]*):[^@]*@/, '$1@').replace(/([?&]password=)[^&]*/, '$1…');
}
