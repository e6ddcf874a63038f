/** Who may do what, as tables of their own: nothing here asks the server's code. */
import type { Scope } from '../../../src/identity/scopes.ts';
import { decide } from './decision.ts';
import { type Matrix, type NamedCaller, placeOf, type Target } from './facts.ts';

export interface Question {
  readonly caller: NamedCaller;
  readonly target: Target;
  readonly matrix: Matrix;
}

export type Status = 200 | 204 | 400 | 401 | 403 | 404;
/** The status of an answer; 200 stands for whatever success is. */
export type Judge = (question: Question) => Status;

function holds({ caller }: Question, scopes: readonly Scope[]): boolean {
  return scopes.every((scope) => caller.scopes?.has(scope) === true);
}

/** Whose token works at all, and has `scopes`; then `judge`. */
export function withScopes(scopes: readonly Scope[], judge: Judge): Judge {
  return (question) => {
    if (question.caller.scopes === undefined) return 401;
    return holds(question, scopes) ? judge(question) : 403;
  };
}

/** The preferences of somebody on a site (contract section 2). */
export function preferences(access: 'read' | 'write'): Judge {
  return ({ caller, target, matrix: { people } }) =>
    decide({ caller, access, ...placeOf(target, caller) }, people).status;
}

/** The same for an operation that takes no site: the user is looked up on the default one. */
export function preferencesWithoutSite(access: 'read' | 'write'): Judge {
  return ({ caller, target, matrix: { people } }) => {
    const { userEmail } = placeOf(target, caller);
    return decide({ caller, access, userEmail, siteUrl: undefined }, people).status;
  };
}

/** What is there only for who found it: nobody gets further than a 404. */
export function missing(judge: Judge): Judge {
  return (question) => {
    const status = judge(question);
    return status === 200 ? 404 : status;
  };
}

function siteOf({ caller, target }: Question): string {
  return (placeOf(target, caller).siteUrl ?? caller.person.sites[0]!).toLowerCase();
}

/** What concerns a whole site: for its administrators. */
export const administratorOfSite: Judge = (question) => {
  const { fullAdministrator, administers } = question.caller.person;
  return fullAdministrator && administers.includes(siteOf(question)) ? 200 : 403;
};

/** The same, where a user of the site may be named. */
export const administratorOfUserOnSite: Judge = (question) => {
  const { caller, target, matrix } = question;
  if (administratorOfSite(question) === 403) return 403;
  const { userEmail } = placeOf(target, caller);
  if (userEmail === undefined) return 200;
  const { organization } = caller.person;
  const user = matrix.people.find(({ email }) => email === userEmail.toLowerCase());
  const isThere = user?.organization === organization && user.sites.includes(siteOf(question));
  return isThere ? 200 : 404;
};

const isForeign = ({ target }: Question): boolean => target === 'foreign' || target === 'unknown';

/** People: everybody in the organization, nobody else. */
export const anybodyInOrganization: Judge = (question) => {
  const { caller } = question;
  if (caller.scopes === undefined) return 401;
  const byUserScope = holds(question, ['spark:people_read']);
  const byAdminScope = holds(question, ['spark-admin:people_read']) && caller.person.fullAdministrator;
  if (!byUserScope && !byAdminScope) return 403;
  return isForeign(question) ? 404 : 200;
};

/** A search tells of nobody where reading one person is a 404. */
export const searchOfPeople: Judge = (question) => {
  const status = anybodyInOrganization(question);
  return status === 404 ? 200 : status;
};

export const oneself: Judge = (question) => {
  if (question.caller.scopes === undefined) return 401;
  return holds(question, ['spark:people_read']) || holds(question, ['spark-admin:people_read']) ? 200 : 403;
};

export const fullAdministrator: Judge = ({ caller }) => (caller.person.fullAdministrator ? 200 : 403);

/** Only of one's own organization; the others are one 403, whether or not they exist. */
export const fullAdministratorOfOrganization: Judge = (question) =>
  isForeign(question) ? 403 : fullAdministrator(question);

/** Of somebody or something in the organization; what is in another one is not there. */
export const fullAdministratorOfOne: Judge = (question) => {
  if (fullAdministrator(question) === 403) return 403;
  return isForeign(question) ? 404 : 200;
};

/** The same of people alone: a service account is none, and does not find itself. */
export const fullAdministratorOfPerson: Judge = (question) => {
  const status = fullAdministratorOfOne(question);
  const isOneself = question.target === 'own' || question.target === 'own-other-site';
  return status === 200 && isOneself && question.caller.person.email.startsWith('machine@') ? 404 : status;
};

/**
 * Makes a token that reads the preferences of whom it is for: for oneself, or for somebody whom one administers in every
 * respect. Who may make tokens at all learns what is wrong with this one.
 */
export const makerOfToken: Judge = (question) => {
  if (fullAdministrator(question) === 403) return 403;
  const { caller, target, matrix } = question;
  if (!holds(question, ['meeting:preferences_read'])) return 400;
  const { userEmail } = placeOf(target, caller);
  const email = userEmail?.toLowerCase() ?? caller.person.email;
  if (email === caller.person.email) return 200;
  const person = matrix.people.find((one) => one.email === email);
  const isAdministered =
    person?.organization === caller.person.organization &&
    !person.fullAdministrator &&
    person.sites.every((siteUrl) => caller.person.administers.includes(siteUrl));
  return isAdministered && holds(question, ['meeting:admin_preferences_read']) ? 200 : 400;
};

/** A meeting is there for who is on its site, and for full administrators of the organization. */
export const meeting: Judge = (question) => {
  const { caller, target } = question;
  if (caller.scopes === undefined) return 401;
  const isGranted =
    holds(question, ['meeting:preferences_read']) || holds(question, ['meeting:admin_preferences_read']);
  if (!isGranted) return 403;
  const { organization, sites, fullAdministrator: isFull } = caller.person;
  const isVisible = organization === 'Example' && (isFull || sites.includes('site4-example.webex.com'));
  return isVisible && target === 'own' ? 200 : 404;
};
