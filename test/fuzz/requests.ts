/** Requests made of the description: some as it says, most with something changed. */
import { gzipSync } from 'node:zlib';
import type { Chance } from './chance.ts';
import type { Described } from './operations.ts';
import { mutatedJson, texts } from './values.ts';

export interface FuzzRequest {
  readonly bytes: Buffer;
  readonly method: string;
  /** The operation that the path and the method are of; undefined when either was changed. */
  readonly operation: Described | undefined;
  /** Whether the path is as described. */
  readonly isPathKnown: boolean;
}

const tokens = [
  'john',
  'admin',
  'admin-all',
  'admin-read',
  'site-admin',
  'other-admin',
  'other-olga',
  'nobody',
];
const methods = ['GET', 'HEAD', 'PUT', 'POST', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'];
const mediaTypes = [
  'application/json',
  'application/json; charset=utf-16',
  'application/merge-patch+json',
  'Application/JSON;charset="x',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/jsonp',
  '',
  ';',
  'x'.repeat(300),
];
const oddHeaders = [
  'Accept: text/html;q=x, */*;q=-1',
  'Accept-Encoding: br;q=2, *',
  'If-Match: *',
  'If-Match: "x", W/"y", z',
  'If-None-Match: *',
  'If-None-Match: "1',
  'Idempotency-Key: ',
  'Idempotency-Key: same',
  'Idempotency-Key: \x80\xff',
  'TrackingID: two words',
  'TrackingID: fuzz',
  'X-Anteroom-Session: 1',
  'Cookie: anteroom_session=x; anteroom_session="y',
  'Origin: null',
  'Origin: https://evil.example',
  'Access-Control-Request-Method: PUT',
  'X-Forwarded-For: 127.0.0.1, \x01',
  'X-HTTP-Method-Override: DELETE',
  'Range: bytes=0-',
  'Expect: 100-continue',
  'Expect: nonsense',
  'Connection: upgrade',
  'Upgrade: h2c',
  'Host: second',
  'Authorization: Basic am9objpqb2hu',
  'Content-Encoding: gzip',
  'X: a\x00b',
  'No colon',
  ' Folded: 1',
  'Bad Name: 1',
];
const oddSegments = [
  '%00',
  '%zz',
  '%ff',
  '..',
  '%2e%2e',
  '.',
  '\\',
  '%5c',
  ';x=1',
  '*',
  '\xff',
  'x'.repeat(300),
  '%F0%9F%98%80',
  'me',
];

function encoded(chance: Chance, text: string): string {
  return chance.oneIn(6) ? text.replace(/\s|\p{Cc}/gu, '') : encodeURIComponent(text.toWellFormed());
}

function pathOf(chance: Chance, { path }: Described): { path: string; isKnown: boolean } {
  const filled = path.replace(/\{\w+\}/g, () =>
    chance.oneIn(3)
      ? encodeURIComponent(chance.pick(texts).slice(0, 50).toWellFormed()) || 'x'
      : 'Y2lzY29zcGFyazovL3VzL1BFT1BMRS94',
  );
  if (!chance.oneIn(6)) return { path: filled, isKnown: true };
  const segments = filled.split('/');
  const at = 2 + chance.below(segments.length - 1);
  segments.splice(at, chance.below(2), chance.pick(oddSegments));
  return { path: segments.join(chance.oneIn(8) ? '//' : '/'), isKnown: false };
}

function queryOf(chance: Chance, { query }: Described): string {
  const names = [...query, 'max', 'x', '__proto__', 'userEmail', 'siteUrl', 'cursor'];
  const pairs = Array.from({ length: chance.below(4) }, () => {
    const value = encoded(chance, chance.pick(texts));
    return `${encoded(chance, chance.pick(names))}${chance.oneIn(10) ? '' : '='}${value}`;
  });
  if (query.includes('defaultSite') && chance.oneIn(2)) pairs.push('defaultSite=true');
  return pairs.length === 0 ? '' : `?${pairs.join(chance.oneIn(10) ? '&&' : '&')}`;
}

function bodyOf(chance: Chance, { example, method }: Described): Buffer | undefined {
  if (example === undefined && (method === 'GET' || !chance.oneIn(4))) {
    return chance.oneIn(12) ? Buffer.from('{') : undefined;
  }
  if (chance.oneIn(20)) return undefined;
  const text = chance.oneIn(4) ? JSON.stringify(example ?? {}) : mutatedJson(chance, example ?? {});
  const kind = chance.below(40);
  if (kind === 0) return Buffer.from(text.slice(0, chance.below(text.length + 1)));
  if (kind === 1) return Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0xc0])]);
  if (kind === 2) return Buffer.from(`\ufeff${text}`);
  if (kind === 3) return Buffer.from('['.repeat(5_000));
  if (kind === 4) return Buffer.from(`{"x":"${'y'.repeat(66_000)}"}`);
  if (kind === 5) return gzipSync(text);
  if (kind === 6) return Buffer.from(text, 'utf16le');
  return Buffer.from(text);
}

function headersOf(chance: Chance, body: Buffer | undefined, mediaType: string): string[] {
  const headers = ['Host: x'];
  if (!chance.oneIn(12)) headers.push(`Authorization: Bearer anteroom-dev-${chance.pick(tokens)}`);
  if (body !== undefined || chance.oneIn(20)) {
    headers.push(`Content-Type: ${chance.oneIn(12) ? chance.pick(mediaTypes) : mediaType}`);
  }
  while (chance.oneIn(3)) headers.push(chance.pick(oddHeaders));
  return headers;
}

/** With its length, or in chunks. */
function framed(chance: Chance, headers: string[], body: Buffer | undefined): Buffer {
  if (body === undefined) return Buffer.from(`${headers.join('\r\n')}\r\n\r\n`, 'latin1');
  if (!chance.oneIn(10)) {
    const head = [...headers, `Content-Length: ${body.length}`].join('\r\n');
    return Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'latin1'), body]);
  }
  const half = Math.floor(body.length / 2);
  const chunks = [body.subarray(0, half), body.subarray(half)].filter(({ length }) => length > 0);
  return Buffer.concat([
    Buffer.from(`${[...headers, 'Transfer-Encoding: chunked'].join('\r\n')}\r\n\r\n`, 'latin1'),
    ...chunks.flatMap((chunk) => [
      Buffer.from(`${chunk.length.toString(16)};x=1\r\n`),
      chunk,
      Buffer.from('\r\n'),
    ]),
    Buffer.from('0\r\n\r\n'),
  ]);
}

/** The next request of a run. */
export function requestOf(chance: Chance, operations: readonly Described[]): FuzzRequest {
  const operation = chance.pick(operations);
  const { path, isKnown } = pathOf(chance, operation);
  const method = chance.oneIn(12) ? chance.pick(methods) : operation.method;
  const body = bodyOf(chance, operation);
  const headers = headersOf(chance, body, operation.mediaType);
  const line = `${method} ${path}${queryOf(chance, operation)} HTTP/1.1\r\n`;
  return {
    bytes: Buffer.concat([Buffer.from(line, 'latin1'), framed(chance, headers, body)]),
    method,
    operation: isKnown && method === operation.method ? operation : undefined,
    isPathKnown: isKnown,
  };
}
