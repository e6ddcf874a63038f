/** A person as they are administered. */
import type { ExistingUser } from './bulk-registry.ts';
import { keyOf } from './email.ts';

export interface PersonSite {
  /** In lower case. */
  readonly siteUrl: string;
  readonly siteAdministrator: boolean;
}

export interface Person extends ExistingUser {
  /** Machines have no sign-in, and are not listed. */
  readonly kind: 'person' | 'machine';
  /** ISO-8601 UTC. */
  readonly created: string;
  /** ISO-8601 UTC; every change has a later one. */
  readonly modified: string;
  /** In the order of their URLs. */
  readonly sites: readonly PersonSite[];
}

/** What can be said of a person; `sites` in any order, their URLs in any case. */
export type PersonFields = Pick<
  Person,
  'email' | 'displayName' | 'firstName' | 'lastName' | 'fullAdministrator' | 'active' | 'externalId' | 'sites'
>;

/** Whether `fields` say of a person what is so already. */
export function isSame(person: Person, fields: PersonFields): boolean {
  return textOf(person) === textOf(fields);
}

function textOf({ email, displayName, firstName, lastName, ...rest }: PersonFields): string {
  const sites = rest.sites.map(({ siteUrl, siteAdministrator }) => [keyOf(siteUrl), siteAdministrator]);
  return JSON.stringify([
    [email, displayName, firstName, lastName, rest.fullAdministrator, rest.active, rest.externalId],
    sites.sort(),
  ]);
}

/** The first word of a name, and the rest: what first and last name are taken to be where nobody says. */
export function namesIn(displayName: string): { firstName: string; lastName: string } {
  const [firstName = '', ...others] = displayName.split(' ');
  return { firstName, lastName: others.join(' ') };
}
