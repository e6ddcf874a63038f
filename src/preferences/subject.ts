/** Whose preferences, on which site (contract section 2). */
import { keyOf } from '../directory/email.ts';
import { administers, type Member, type Membership, membershipOn } from '../directory/member.ts';
import type { Directory } from '../directory/store.ts';
import { forbidden, notFound } from '../errors.ts';
import { callingMember, defaultSiteOf, noDefaultSite, notManaged } from '../identity/administration.ts';
import type { OperationScopes } from '../identity/scopes.ts';
import type { Caller } from '../identity/tokens.ts';
import { andThen } from '../platform/at-once.ts';
import type { Target } from '../request/target.ts';
import type { SiteSupport } from './site-support/schema.ts';

export interface Subject {
  readonly user: Member;
  /** The user's membership of the site in question. */
  readonly membership: Membership;
}

/** As much of a subject as rules judge by; the browser knows as much of whoever it shows. */
export interface Judged {
  readonly user: Pick<Member, 'email' | 'emailKey'>;
  readonly membership: { readonly site: { readonly settings: Omit<SiteSupport, 'siteUrl'> } };
}

/**
 * The subject that `target` names for this caller; a 403 or 404 when there is none. Roles are judged before anything is
 * looked up, so that a refusal never tells what exists.
 */
export function resolveSubject(
  directory: Directory,
  caller: Caller,
  scopes: OperationScopes,
  target: Target,
): Subject | Promise<Subject> {
  return andThen(directory.knownMember(caller.userId) ?? callingMember(directory, caller), (self) =>
    subjectFor(directory, self, caller, scopes, target),
  );
}

function subjectFor(
  directory: Directory,
  self: Member,
  caller: Caller,
  scopes: OperationScopes,
  { userEmail, siteUrl }: Target,
): Subject | Promise<Subject> {
  if (userEmail === undefined || keyOf(userEmail) === self.emailKey)
    return ownSubject(self, caller, scopes, siteUrl);
  if (!self.fullAdministrator || !hasAdminScope(caller, scopes)) throw notYours();
  return subjectOfAdministrator(directory, self, userEmail, siteUrl);
}

function ownSubject(
  self: Member,
  caller: Caller,
  scopes: OperationScopes,
  siteUrl: string | undefined,
): Subject {
  const byUserScope = scopes.user !== undefined && caller.scopes.has(scopes.user);
  if (!byUserScope && !self.fullAdministrator) throw adminScopeOnly();
  const membership = siteUrl === undefined ? self.defaultMembership : membershipOn(self, siteUrl);
  if (membership === undefined) {
    if (siteUrl === undefined) throw noDefaultSite();
    throw notFound(
      'subject.site',
      'You have no site with this siteUrl; GET /v1/meetingPreferences/sites lists yours.',
    );
  }
  if (!byUserScope && !administers(self, membership.site.siteUrl)) throw notManaged(siteUrl);
  return { user: self, membership };
}

/** What {@link resolveSubject} finds when an administrator names a user. */
export async function subjectOfAdministrator(
  directory: Directory,
  self: Member,
  userEmail: string,
  siteUrl: string | undefined,
): Promise<Subject> {
  const site = siteUrl ?? defaultSiteOf(self);
  if (!administers(self, site)) throw notManaged(siteUrl);
  const user = await directory.memberByEmail(userEmail);
  if (user === undefined || user.organizationId !== self.organizationId) {
    throw notFound('subject.user', 'There is no user with this userEmail in your organization.');
  }
  const membership = membershipOn(user, site);
  if (membership === undefined) throw notOnSite(siteUrl);
  return { user, membership };
}

function hasAdminScope(caller: Caller, scopes: OperationScopes): boolean {
  return scopes.admin.every((scope) => caller.scopes.has(scope));
}

function notYours(): Error {
  return forbidden(
    'subject.own',
    "These are someone else's preferences: only an administrator of the site with an admin-level scope may use them.",
  );
}

function adminScopeOnly(): Error {
  return forbidden(
    'subject.own',
    'An admin-level scope alone is for administrators; your own preferences need the user-level scope.',
  );
}

function notOnSite(siteUrl: string | undefined): Error {
  return notFound(
    'subject.user',
    siteUrl === undefined
      ? 'This user is not on your default site; name another of your sites with siteUrl.'
      : 'This user is not on the site that siteUrl names.',
  );
}
