/** What our own pages are told of whoever is signed in. */
import type { Membership } from '../directory/member.ts';
import { personIdOf } from '../directory/person-id.ts';
import { Registry } from '../directory/registry.ts';
import type { Directory } from '../directory/store.ts';
import type { Scope } from '../identity/scopes.ts';
import type { Database } from '../platform/database.ts';
import { scopesOf } from './browser-callers.ts';
import type { SignedIn } from './sessions.ts';

export interface SessionFacts {
  readonly personId: string;
  readonly email: string;
  readonly displayName: string;
  readonly organization: { readonly id: string; readonly name: string };
  readonly roles: {
    readonly fullAdministrator: boolean;
    /** The sites. */
    readonly siteAdministrator: readonly string[];
  };
  readonly sites: readonly { readonly siteUrl: string; readonly default: boolean }[];
  /** What the API lets this browser do. */
  readonly scopes: readonly Scope[];
  readonly development: boolean;
}

interface Source {
  readonly database: Database;
  readonly directory: Directory;
  readonly isDevelopment: boolean;
}

/** Undefined for a user who was deleted a moment ago. */
export async function sessionFacts(
  { database, directory, isDevelopment }: Source,
  { userId, organizationId }: SignedIn,
): Promise<SessionFacts | undefined> {
  const member = await directory.member(userId);
  const name = await new Registry(database).organizationName(organizationId);
  if (member === undefined || name === undefined) return undefined;
  const { email, displayName, fullAdministrator, defaultSiteUrl, memberships } = member;
  const siteUrlOf = ({ site }: Membership): string => site.siteUrl;
  return {
    personId: personIdOf(userId),
    email,
    displayName,
    organization: { id: organizationId, name },
    roles: {
      fullAdministrator,
      siteAdministrator: memberships.filter(({ siteAdministrator }) => siteAdministrator).map(siteUrlOf),
    },
    sites: memberships.map(siteUrlOf).map((siteUrl) => ({ siteUrl, default: siteUrl === defaultSiteUrl })),
    scopes: [...scopesOf(member)],
    development: isDevelopment,
  };
}
