/** What a group gives its members, by its name. Pure. */
import { keyOf } from '../directory/email.ts';
import type { PersonSite } from '../directory/person.ts';

/**
 * `site:HOST` puts its members on a site, `site-administrators:HOST` makes them administrators of it as well; every other
 * name gives nothing.
 */
export function grantOf(displayName: string): PersonSite | undefined {
  const found = /^(site|site-administrators):([^\s:/]+)$/i.exec(displayName.trim());
  if (found === null) return undefined;
  const [, kind, host] = found as unknown as [string, string, string];
  return { siteUrl: keyOf(host), siteAdministrator: kind.toLowerCase() !== 'site' };
}

/** The sites of somebody whose groups gave them `before`, and now give them `after`. What no group gave stays. */
export function sitesAfter(
  sites: readonly PersonSite[],
  before: readonly PersonSite[],
  after: readonly PersonSite[],
): PersonSite[] {
  const [from, to] = [strongest(before), strongest(after)];
  const stays = sites.filter(({ siteUrl }) => to.has(siteUrl) || !from.has(siteUrl));
  const next = new Map(stays.map(({ siteUrl, siteAdministrator }) => [siteUrl, siteAdministrator]));
  for (const [siteUrl, isAdministrator] of from) {
    if (isAdministrator && next.has(siteUrl)) next.set(siteUrl, false);
  }
  for (const [siteUrl, isAdministrator] of to) {
    next.set(siteUrl, isAdministrator || (next.get(siteUrl) ?? false));
  }
  return [...next].map(([siteUrl, siteAdministrator]) => ({ siteUrl, siteAdministrator }));
}

function strongest(grants: readonly PersonSite[]): Map<string, boolean> {
  const result = new Map<string, boolean>();
  for (const { siteUrl, siteAdministrator } of grants) {
    result.set(siteUrl, siteAdministrator || (result.get(siteUrl) ?? false));
  }
  return result;
}
