/** The kinds of settings: what a text must look like to be the value of one. */
import { isIP } from 'node:net';

export interface Setting<T> {
  /** What it is for, in a sentence: the help of the flag and the reference page both say it. */
  readonly says: string;
  /** What the value looks like; a switch has none. */
  readonly placeholder: string | undefined;
  readonly default: T;
  /** The value, or undefined when `text` is none. */
  readonly parse: (text: string) => T | undefined;
  /** What is allowed, to follow "must be". */
  readonly allowed: string;
}

export function text(initial: string, placeholder: string, says: string): Setting<string> {
  return { says, placeholder, default: initial, parse: (value) => value, allowed: 'text' };
}

export function integer(initial: number, minimum: number, maximum: number, says: string): Setting<number> {
  return {
    says,
    placeholder: 'NUMBER',
    default: initial,
    parse: (value) => {
      const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
      return number >= minimum && number <= maximum ? number : undefined;
    },
    allowed: `a whole number from ${minimum} to ${maximum}`,
  };
}

export function choice<const T extends string>(choices: readonly [T, ...T[]], says: string): Setting<T> {
  return {
    says,
    placeholder: choices.join('|'),
    default: choices[0],
    parse: (value) => choices.find((name) => name === value),
    allowed: `one of ${choices.join(', ')}`,
  };
}

export function flag(says: string): Setting<boolean> {
  return {
    says,
    placeholder: undefined,
    default: false,
    parse: (value) => (value === 'true' ? true : value === 'false' ? false : undefined),
    allowed: 'true or false',
  };
}

export function databaseUrl(says: string): Setting<string> {
  return {
    says,
    placeholder: 'URL',
    default: 'sqlite:data/anteroom.db',
    parse: (value) => (/^(sqlite:.|postgres(ql)?:\/\/)/.test(value) ? value : undefined),
    allowed:
      'sqlite:FILE, such as sqlite:data/anteroom.db, or sqlite::memory:, or postgres://USER@HOST/DATABASE',
  };
}

export function httpOrigin(says: string): Setting<string> {
  return {
    says,
    placeholder: 'URL',
    default: '',
    parse: (value) => {
      const url = URL.parse(value);
      const isOrigin = url !== null && url.href === `${url.origin}/` && /^https?:$/.test(url.protocol);
      return isOrigin ? url.origin : undefined;
    },
    allowed: 'an http or https URL without a path, such as https://meet.example.com',
  };
}

const networks = ['loopback', 'linklocal', 'uniquelocal'];

/** Addresses and networks, with commas between them; or names of kinds of networks. */
export function proxies(says: string): Setting<string> {
  return {
    says,
    placeholder: 'ADDRESSES',
    default: '',
    parse: (value) => {
      const items = value.split(',').map((item) => item.trim());
      return items.every(isProxy) ? items.join(',') : undefined;
    },
    allowed: `addresses or networks such as 10.0.0.0/8, or ${networks.join(', ')}, with commas between them`,
  };
}

function isProxy(item: string): boolean {
  const [, address = '', prefix = '1'] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(item) ?? [];
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  return networks.includes(item) || (Number(prefix) >= 1 && Number(prefix) <= bits);
}

/** Several values with commas between them, each of which `isValue`. */
export function list(
  placeholder: string,
  isValue: (text: string) => boolean,
  allowed: string,
  says: string,
  initial: readonly string[] = [],
): Setting<readonly string[]> {
  return {
    says,
    placeholder,
    default: initial,
    parse: (value) => {
      const values = value.split(',').map((part) => part.trim());
      return values.every(isValue) ? values : undefined;
    },
    allowed: `${allowed}, several with commas between them`,
  };
}

/**
 * Whether `text` is the URL of an issuer (OpenID Connect Discovery 1.0, section 2): https, or http on this machine,
 * because who signs in with it trusts whoever answers there.
 */
export function isIssuer(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.search !== '' || url.hash !== '' || url.username !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isThisMachine(url.hostname));
}

export function isThisMachine(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

export function issuer(says: string): Setting<string> {
  return {
    says,
    placeholder: 'URL',
    default: '',
    parse: (value) => (isIssuer(value) ? value : undefined),
    allowed: 'an https URL without a query, or an http one of this machine',
  };
}
