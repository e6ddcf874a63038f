/** Who calls, as the directory knows them, and which site they administer (contract section 2). */
import { administers, type Member, membershipOn, type Site } from '../directory/member.ts';
import type { Directory } from '../directory/store.ts';
import { forbidden, notFound, tokenInvalid } from '../errors.ts';
import type { Caller } from './tokens.ts';

/** The caller's own record; a token outlives its user for a moment at most. */
export async function callingMember(directory: Directory, caller: Caller): Promise<Member> {
  const member = await directory.member(caller.userId);
  if (member === undefined) throw tokenInvalid();
  return member;
}

/**
 * The site that the caller administers: the one named, or else their default site. Throws a 403 in the same words for a
 * site of somebody else and for none at all; a 404 when none is named and they have no default site.
 */
export async function administeredSite(
  directory: Directory,
  caller: Caller,
  siteUrl: string | undefined,
): Promise<Site> {
  const self = await callingMember(directory, caller);
  if (!self.fullAdministrator) throw notManaged(siteUrl);
  const site = siteUrl ?? defaultSiteOf(self);
  if (!administers(self, site)) throw notManaged(siteUrl);
  return membershipOn(self, site)!.site;
}

export function defaultSiteOf({ defaultSiteUrl }: Member): string {
  if (defaultSiteUrl === undefined) throw noDefaultSite();
  return defaultSiteUrl;
}

export function noDefaultSite(): Error {
  return notFound('subject.default-site', 'You have no default site; name one of your sites with siteUrl.');
}

/** The same words whether or not the site exists. */
export function notManaged(siteUrl: string | undefined): Error {
  return forbidden(
    'subject.managed-site',
    siteUrl === undefined
      ? 'You do not administer your default site; name a site that you administer with siteUrl.'
      : 'You do not administer a site with this siteUrl.',
  );
}
