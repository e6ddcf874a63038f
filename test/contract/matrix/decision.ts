/** Who may use whose preferences, as a table: an opinion of its own, not the server's (contract section 2). */
import type { Scope } from '../../../src/identity/scopes.ts';
import type { Caller, Person } from './world.ts';

export interface Subject {
  readonly person: Person;
  readonly siteUrl: string;
}

export type Decision =
  | { readonly status: 200; readonly subject: Subject }
  | { readonly status: 401 | 403 | 404; readonly says?: RegExp };

export interface Question {
  readonly caller: Caller;
  readonly access: 'read' | 'write';
  readonly userEmail: string | undefined;
  readonly siteUrl: string | undefined;
}

/** A question, with all that the rows below ask about it. */
interface Facts {
  readonly hasToken: boolean;
  readonly hasUserScope: boolean;
  readonly hasAdminScope: boolean;
  readonly isOwn: boolean;
  readonly isSiteGiven: boolean;
  /** The site that is named, or the caller's default one. */
  readonly siteUrl: string;
  readonly isCallersSite: boolean;
  /** Full administrator of the organization and site administrator of the site in question. */
  readonly isAdministrator: boolean;
  readonly self: Person;
  /** Somebody of the caller's organization with this address. */
  readonly other: Person | undefined;
}

interface Row {
  readonly when: (facts: Facts) => boolean;
  readonly outcome: (facts: Facts) => Decision;
}

const own = ({ self: person, siteUrl }: Facts): Decision => ({ status: 200, subject: { person, siteUrl } });
const theirs = ({ other, siteUrl }: Facts): Decision => ({
  status: 200,
  subject: { person: other!, siteUrl },
});
const mayUseOwn = ({ hasUserScope, hasAdminScope, isAdministrator }: Facts): boolean =>
  hasUserScope || (hasAdminScope && isAdministrator);

/** The first row that fits decides. */
const table: readonly Row[] = [
  { when: ({ hasToken }) => !hasToken, outcome: () => ({ status: 401 }) },
  { when: (facts) => !facts.hasUserScope && !facts.hasAdminScope, outcome: () => ({ status: 403 }) },
  { when: (facts) => facts.isOwn && facts.isCallersSite && mayUseOwn(facts), outcome: own },
  {
    when: (facts) =>
      facts.isOwn && !facts.isCallersSite && (facts.hasUserScope || facts.self.fullAdministrator),
    outcome: () => ({ status: 404 }),
  },
  { when: ({ isOwn }) => isOwn, outcome: () => ({ status: 403 }) },
  {
    when: ({ hasAdminScope, isAdministrator }) => !hasAdminScope || !isAdministrator,
    outcome: () => ({ status: 403 }),
  },
  { when: ({ other, siteUrl }) => other?.sites.includes(siteUrl) === true, outcome: theirs },
  {
    when: ({ other, isSiteGiven }) => other !== undefined && !isSiteGiven,
    outcome: () => ({ status: 404, says: /siteUrl/ }),
  },
  { when: () => true, outcome: () => ({ status: 404 }) },
];

export function decide(question: Question, people: readonly Person[]): Decision {
  const facts = factsOf(question, people);
  return table.find(({ when }) => when(facts))!.outcome(facts);
}

function factsOf({ caller, access, userEmail, siteUrl }: Question, people: readonly Person[]): Facts {
  const { person: self, scopes } = caller;
  const site = (siteUrl ?? self.sites[0]!).toLowerCase();
  const email = (userEmail ?? self.email).toLowerCase();
  const has = (scope: Scope): boolean => scopes?.has(scope) === true;
  return {
    hasToken: scopes !== undefined,
    hasUserScope: has(`meeting:preferences_${access}`),
    hasAdminScope: has(`meeting:admin_preferences_${access}`),
    isOwn: email === self.email,
    isSiteGiven: siteUrl !== undefined,
    siteUrl: site,
    isCallersSite: self.sites.includes(site),
    isAdministrator: self.fullAdministrator && self.administers.includes(site),
    self,
    other: people.find((person) => person.email === email && person.organization === self.organization),
  };
}
