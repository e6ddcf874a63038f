/** Who and what exists, as the rest of the program sees it: immutable, read as a whole. */
import { keyOf } from './email.ts';
import type { SiteSettings } from './site-settings.ts';

export interface Site {
  /** In lower case. */
  readonly siteUrl: string;
  readonly organizationId: string;
  readonly settings: SiteSettings;
}

/** A user on a site, with their personal meeting room there. */
export interface Membership {
  /** User id, site URL and meeting id: names the membership in caches. Another one of the same user there has another. */
  readonly id: string;
  readonly site: Site;
  readonly siteAdministrator: boolean;
  readonly roomId: string;
  readonly accessCode: string;
  /** 32 hexadecimal digits that name the room as a meeting. */
  readonly meetingId: string;
  /** Sixteen random digits; twelve for the first host PIN, four for the first audio PIN. */
  readonly initialPins: string;
}

/** A user with all of their sites. */
export interface Member {
  readonly id: string;
  readonly organizationId: string;
  readonly email: string;
  readonly emailKey: string;
  readonly displayName: string;
  readonly fullAdministrator: boolean;
  /** Whether they may sign in and use their tokens. */
  readonly active: boolean;
  readonly defaultSiteUrl: string | undefined;
  /** The membership of the default site. */
  readonly defaultMembership: Membership | undefined;
  /** In the order of their site URLs. */
  readonly memberships: readonly Membership[];
}

export function membershipOn(member: Member, siteUrl: string): Membership | undefined {
  const key = keyOf(siteUrl);
  return member.memberships.find(({ site }) => site.siteUrl === key);
}

/** An administrator of a site is a full administrator of the organization and a site administrator of the site. */
export function administers(member: Member, siteUrl: string): boolean {
  return member.fullAdministrator && membershipOn(member, siteUrl)?.siteAdministrator === true;
}
