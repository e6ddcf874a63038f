/** Which site may become the default (contract section 3, sites). Pure. */
import { type Member, membershipOn } from '../../directory/member.ts';
import { fault, invalidRequest, quote, refuseIf } from '../../errors.ts';
import { type Compatibility, readBody } from '../../request/body.ts';
import { DefaultSite, type Sites } from './schema.ts';

/** All sites of a user, with the default one marked. */
export function sitesOf({ memberships, defaultSiteUrl }: Member): Sites['sites'] {
  return memberships.map(({ site }) => ({ siteUrl: site.siteUrl, default: site.siteUrl === defaultSiteUrl }));
}

/** The site that `body` names, as it is spelled in the directory; throws a 400 that lists every fault. */
export function updateDefaultSite(
  user: Member,
  body: unknown,
  defaultSite: unknown,
  compatibility: Compatibility,
): string {
  const reading = readBody(DefaultSite, body, {}, compatibility);
  if (!isTrue(defaultSite)) reading.add(fault('sites.default-site'));
  const { siteUrl } = reading.fields;
  const membership = reading.isSound('siteUrl') ? membershipOn(user, siteUrl) : undefined;
  if (reading.isSound('siteUrl') && membership === undefined) {
    reading.add(fault('sites.own-site', 'siteUrl', `not ${quote(siteUrl)}`));
  }
  refuseIf(reading.faults);
  if (membership === undefined) throw invalidRequest(fault('sites.own-site'));
  return membership.site.siteUrl;
}

function isTrue(value: unknown): boolean {
  return value === true || (typeof value === 'string' && value.toLowerCase() === 'true');
}
