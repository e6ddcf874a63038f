/** Whom a request lets in: the token it carries, and the scopes that suffice. */
import { scopeMissing, tokenInvalid, tokenMissing } from '../errors.ts';
import type { OperationScopes, Scope } from './scopes.ts';
import type { Caller } from './tokens.ts';

/** The token of a header such as `Bearer abc` (RFC 6750 section 2.1); a 401 when there is none. */
export function bearerTokenIn(authorization: string | undefined): string {
  if (authorization === undefined) throw tokenMissing();
  const credentials = /^bearer +([A-Za-z0-9._~+/-]+=*) *$/i.exec(authorization);
  if (credentials === null) throw /^bearer/i.test(authorization) ? tokenInvalid() : tokenMissing();
  return credentials[1]!;
}

/** The caller, when there is one who may call an operation with these scopes; otherwise a 401 or 403. */
export function admitted(caller: Caller | undefined, scopes: OperationScopes): Caller {
  if (caller === undefined) throw tokenInvalid();
  if (!mayCall(caller, scopes)) throw scopeMissing(alternatives(scopes));
  return caller;
}

export function mayCall({ scopes: held }: Caller, { user, admin }: OperationScopes): boolean {
  return (user !== undefined && held.has(user)) || admin.every((scope) => held.has(scope));
}

/** The sets of scopes that each suffice. */
export function alternatives({ user, admin }: OperationScopes): (readonly Scope[])[] {
  return user === undefined ? [admin] : [[user], admin];
}
