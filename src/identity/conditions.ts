/** Conditional requests (RFC 9110 section 13). */
import { preconditionFailed } from '../errors.ts';

/** Throws a 412 unless `ifMatch` names the ETag in force, or is `*`; weak tags never match (section 13.1.1). */
export function requireMatch(ifMatch: string, etag: string): void {
  if (ifMatch.trim() !== '*' && !tagsIn(ifMatch).includes(etag)) throw preconditionFailed();
}

/** Whether a client that sent `ifNoneMatch` already has what `etag` names; weak tags match too (section 13.1.2). */
export function hasAlready(ifNoneMatch: string, etag: string): boolean {
  return ifNoneMatch.trim() === '*' || tagsIn(ifNoneMatch).some((tag) => tag.replace(/^W\//, '') === etag);
}

function tagsIn(header: string): string[] {
  return header.match(/(W\/)?"[^"]*"/g) ?? [];
}
