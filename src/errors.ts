/** The closed catalogue of everything a client can be told is wrong (contract section 4). */
import { type RuleId, rules } from './rules.ts';

/** One thing that is wrong with a request: the rule it breaks and a sentence for people. */
export interface Fault {
  readonly rule?: RuleId;
  readonly description: string;
}

/** Every kind of refusal: its status, and when it is given. The served description and the error page are made of it. */
export const errorKinds = {
  'invalid-request': { status: 400, when: 'The request breaks rules; `errors` lists every one.' },
  unauthorized: {
    status: 401,
    when: 'The token is missing, unknown, expired or revoked; or nobody is signed in with the browser.',
  },
  forbidden: { status: 403, when: 'The token lacks a scope, or the caller lacks a role.' },
  'not-found': { status: 404, when: 'There is no such path, user, site or meeting for this caller.' },
  'method-not-allowed': { status: 405, when: 'The path answers other methods, which `Allow` lists.' },
  timeout: { status: 408, when: 'The request took too long to arrive; the connection is closed.' },
  conflict: {
    status: 409,
    when: 'Other changes to the same settings came first, several times in a row; or a change cannot be reverted, and `errors` says why; or a request with the same `Idempotency-Key` is still under way, and `Retry-After` says how long to wait.',
  },
  'precondition-failed': { status: 412, when: '`If-Match` does not name what is in force now.' },
  'body-too-large': { status: 413, when: 'The body is larger than 64 KiB.' },
  'url-too-long': { status: 414, when: 'The URL is longer than 8 KiB.' },
  'unsupported-media-type': { status: 415, when: 'The body is not JSON.' },
  'idempotency-key-reused': {
    status: 422,
    when: 'The `Idempotency-Key` came with another request in the last 24 hours.',
  },
  'too-many-requests': {
    status: 429,
    when: 'More requests came with this token, or from this address, than the limits allow; `Retry-After` says how long to wait.',
  },
  'headers-too-large': { status: 431, when: 'The headers are larger than 16 KiB; the connection is closed.' },
  internal: { status: 500, when: 'A fault of the server; its log has the cause under the tracking id.' },
  overloaded: {
    status: 503,
    when: 'As many requests are under way as the server takes at once; `Retry-After` says how long to wait.',
  },
  unavailable: {
    status: 503,
    when: 'The server cannot answer right now; `Retry-After` says how long to wait.',
  },
} as const;

export type ErrorKind = keyof typeof errorKinds;

interface Details {
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** An answer that is not 2xx. Made only by the named functions below. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly kind: ErrorKind;
  readonly faults: readonly Fault[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(kind: ErrorKind, faults: readonly Fault[], details: Details = {}) {
    super(summaryOf(faults), { cause: details.cause });
    this.kind = kind;
    this.faults = faults;
    this.headers = details.headers ?? {};
  }

  get status(): number {
    return errorKinds[this.kind].status;
  }
}

function summaryOf(faults: readonly Fault[]): string {
  return faults.length === 1
    ? faults[0]!.description
    : `${faults.length} things are wrong with the request; errors lists them all.`;
}

/** The fault of breaking `rule` at `field` (its path in the body, or the rule's own subject), with an optional reason. */
export function fault(rule: RuleId, field: string = rules[rule].about, reason = ''): Fault {
  return { rule, description: `${field} must ${rules[rule].must}${reason === '' ? '' : ` (${reason})`}.` };
}

/** Something a client sent, for use in a sentence: in quotes, and not longer than a line. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80).toWellFormed()}…` : text);
}

/** 400 with every fault found. */
export function invalidRequest(...faults: Fault[]): ApiError {
  return new ApiError('invalid-request', faults);
}

/** Throws a 400 when there is any fault. */
export function refuseIf(faults: readonly Fault[]): void {
  if (faults.length > 0) throw invalidRequest(...faults);
}

/** 401 without credentials: the challenge names no error (RFC 6750 section 3.1). */
export function tokenMissing(): ApiError {
  const description =
    'This operation needs an access token: send the header "Authorization: Bearer <token>".';
  return new ApiError('unauthorized', [{ rule: 'token.missing', description }], {
    headers: { 'www-authenticate': 'Bearer realm="anteroom"' },
  });
}

/** 401 for a token that is unknown, expired or revoked; which of them is not told. */
export function tokenInvalid(): ApiError {
  const description = 'The access token is not valid here: it is unknown, has expired or was revoked.';
  return new ApiError('unauthorized', [{ rule: 'token.valid', description }], {
    headers: { 'www-authenticate': 'Bearer realm="anteroom", error="invalid_token"' },
  });
}

/** 401 for a browser that nobody is signed in with, or no longer. */
export function notSignedIn(): ApiError {
  const description = 'Nobody is signed in with this browser, or no longer: please sign in.';
  return new ApiError('unauthorized', [{ rule: 'session.signed-in', description }], {
    headers: { 'www-authenticate': 'Bearer realm="anteroom"' },
  });
}

/** 403 for a token without the scopes; `needed` lists alternatives, each a set that is needed together. */
export function scopeMissing(needed: readonly (readonly string[])[]): ApiError {
  const choices = needed.map((scopes) => scopes.join(' and ')).join(', or ');
  const description = `The access token lacks the scope for this operation: it needs ${choices}.`;
  const scope = needed[0]!.join(' ');
  return new ApiError('forbidden', [{ rule: 'token.scope', description }], {
    headers: { 'www-authenticate': `Bearer realm="anteroom", error="insufficient_scope", scope="${scope}"` },
  });
}

/** 403 for a subject the caller may not act for. */
export function forbidden(rule: RuleId, description: string): ApiError {
  return new ApiError('forbidden', [{ rule, description }]);
}

/** 404 for a path, user, site or meeting that is not there for this caller. */
export function notFound(rule: RuleId, description: string): ApiError {
  return new ApiError('not-found', [{ rule, description }]);
}

/** 405; `allowed` becomes the Allow header (RFC 9110 section 15.5.6). */
export function methodNotAllowed(method: string, allowed: readonly string[]): ApiError {
  const allow = allowed.join(', ');
  const description = `This path does not answer ${method}; it answers ${allow}.`;
  return new ApiError('method-not-allowed', [{ rule: 'request.method', description }], {
    headers: { allow },
  });
}

/** 408: the client took too long to send its request. */
export function requestTimeout(): ApiError {
  return new ApiError('timeout', [{ description: 'The request took too long to arrive.' }], {
    headers: { connection: 'close' },
  });
}

/** 409: other writes to the same document won every time. */
export function conflict(): ApiError {
  const description =
    'Other changes to the same settings came first several times in a row; please try again.';
  return new ApiError('conflict', [{ description }]);
}

/** 409: the same request came before, and is not yet answered. */
export function requestInProgress(): ApiError {
  const description = 'A request with this Idempotency-Key is still under way; please ask again shortly.';
  return new ApiError('conflict', [{ description }], { headers: { 'retry-after': '1' } });
}

/** 422: the key stands for another request. */
export function idempotencyKeyReused(): ApiError {
  const reason = 'it came with another one in the last 24 hours';
  return new ApiError('idempotency-key-reused', [fault('request.idempotency-key', undefined, reason)]);
}

/** What makes a refusal, but for the request it is given to. */
export type Refusal = Pick<ApiError, 'kind' | 'faults' | 'headers'>;

/** A refusal that was given before. */
export function repeated({ kind, faults, headers }: Refusal): ApiError {
  return new ApiError(kind, faults, { headers });
}

/** 412: somebody changed it since the client read it (RFC 9110 section 15.5.13). */
export function preconditionFailed(): ApiError {
  return new ApiError('precondition-failed', [fault('request.if-match')]);
}

/** 409: what a change is to be taken back from was changed since, or the change cannot be taken back at all. */
export function changedSince(faults: readonly Fault[]): ApiError {
  return new ApiError('conflict', faults);
}

/** A request that HTTP itself refuses: 400, 414 or 431. */
export function badHttp(status: 400 | 414 | 431): ApiError {
  const kind = status === 414 ? 'url-too-long' : status === 431 ? 'headers-too-large' : 'invalid-request';
  return new ApiError(kind, [fault('request.http')]);
}

/** 413: the body is over the limit. */
export function bodyTooLarge(): ApiError {
  return new ApiError('body-too-large', [fault('body.size')]);
}

/** 415: the body is not JSON. */
export function unsupportedMediaType(): ApiError {
  return new ApiError('unsupported-media-type', [fault('body.media-type')]);
}

/** 503 with Retry-After in whole seconds. Nothing was changed, or nothing that was not acknowledged is promised. */
export function unavailable(retryAfterSeconds = 1, cause?: unknown): ApiError {
  const description = 'The server cannot answer this right now; please try again shortly.';
  return new ApiError('unavailable', [{ description }], {
    headers: { 'retry-after': String(retryAfterSeconds) },
    cause,
  });
}

/** 503: as many requests are under way as the server takes at once. */
export function overloaded(): ApiError {
  const description = 'The server is busy with other requests; please try again shortly.';
  return new ApiError('overloaded', [{ description }], { headers: { 'retry-after': '1' } });
}

/** 429: the next request is taken after `missingMs`, in ms. */
export function tooManyRequests(
  rule: 'request.address-rate' | 'request.token-rate',
  missingMs: number,
): ApiError {
  const seconds = Math.max(1, Math.ceil(missingMs / 1000));
  const reason = `try again in ${seconds} second${seconds === 1 ? '' : 's'}`;
  return new ApiError('too-many-requests', [fault(rule, undefined, reason)], {
    headers: { 'retry-after': String(seconds) },
  });
}

/** 500: a bug or a damaged database. The text tells nothing from inside; the log has the cause. */
export function internal(cause?: unknown): ApiError {
  const description =
    'Something went wrong on the server; the tracking id helps its operator to find out what.';
  return new ApiError('internal', [{ description }], { cause });
}
