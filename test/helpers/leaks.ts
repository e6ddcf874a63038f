/** Looks through what servers log and answer for what must never be in it; whatever test makes such a line fails. */
import { after } from 'node:test';

const nowhere: Readonly<Record<string, RegExp>> = {
  'a token': /anteroom-dev-[\w-]+|\bBearer +(?!realm=)[\w.~+/-]{8,}/,
  'a sealed secret': /sealed:[0-9a-f]{12}:/,
  'a stack trace': /\n\s+at |\bat [\w.<>]+ \(|node:internal/,
  SQL: /\b(select\b.+\bfrom|insert into \w+|update \w+ set|delete from \w+)\b/,
  'a path of the machine': /(^|[^\w.:/-])\/(home|root|tmp|usr|var|work|opt|private)\/|file:\/\//,
};
const notInLogs: Readonly<Record<string, RegExp>> = {
  ...nowhere,
  // Behind :// it is the user of a database and its host.
  'an e-mail address': /(?<![\w.+-]|:\/\/)[\w.+-]+@[\w-]+(\.[\w-]+)+/,
  'a PIN': /(host|audio|initial_?)pins?\\?["']?\s*[:=]/i,
  'a password': /password\\?["']?\s*[:=]/i,
};

const found: string[] = [];

/** What of `text` must not be in an answer that refuses; `secrets` are those of the request itself. */
export function leaksIn(
  text: string,
  secrets: readonly string[] = [],
  patterns: Readonly<Record<string, RegExp>> = nowhere,
): string[] {
  const named = Object.entries(patterns).flatMap(([what, pattern]) => (pattern.test(text) ? [what] : []));
  const own = secrets.filter((secret) => secret.length >= 8 && text.includes(secret));
  return [...named, ...own.map(() => 'a secret of the request')];
}

/** What of a line must not be in a log. */
export function leaksInLog(line: string): string[] {
  return leaksIn(line, [], notInLogs);
}

/** Notes what a server logged; a leak fails the test file. */
export function inspectLine(line: string): void {
  for (const what of leaksInLog(line)) found.push(`${what} in the log: ${line.slice(0, 300)}`);
}

/** Notes what a server answered; a leak in a refusal fails the test file. */
export function inspectAnswer(status: number, text: string, secrets: readonly string[]): void {
  if (status < 400) return;
  for (const what of leaksIn(text, secrets)) found.push(`${what} in a refusal: ${text.slice(0, 300)}`);
}

after(() => {
  if (found.length > 0)
    throw new AggregateError(
      found.map((leak) => new Error(leak)),
      'secrets leaked',
    );
});
