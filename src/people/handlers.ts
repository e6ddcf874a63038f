/** What the operations on people answer. */
import type { LoggedPeople } from '../audit/logged-people.ts';
import type { PeopleStore } from '../directory/people-store.ts';
import type { Person } from '../directory/person.ts';
import { userIdOf } from '../directory/person-id.ts';
import type { Directory } from '../directory/store.ts';
import { forbidden, notFound } from '../errors.ts';
import { callingMember } from '../identity/administration.ts';
import type { Answer, Call } from '../identity/operation.ts';
import type { Operations } from '../identity/operations.ts';
import type { PublicUrl } from '../platform/public-url.ts';
import type { Compatibility, Reading } from '../request/body.ts';
import {
  acceptPerson,
  cursorOf,
  type Known,
  readListQuery,
  readNewPerson,
  readPersonUpdate,
} from './rules.ts';
import type { PersonBody } from './schema.ts';
import { colleagueView, wholeView } from './view.ts';

export interface PeopleParts {
  readonly operations: Operations;
  readonly directory: Directory;
  readonly people: PeopleStore;
  readonly logged: LoggedPeople;
  readonly compatibility: Compatibility;
  readonly publicUrl: PublicUrl;
}

/** A page of people, with a Link header (RFC 8288) where there are more. */
export async function listPeople(parts: PeopleParts, call: Call, path: string): Promise<Answer> {
  const isAdministrator = await seesAll(parts, call);
  const { email, displayName, ids, max, after } = readListQuery(call.query, isAdministrator);
  const userIds = ids?.flatMap(({ userId }) => userId ?? []);
  const { organizationId } = call.caller;
  const query = { email, displayName, ids: userIds };
  const found = await parts.people.search(organizationId, query, after, max + 1);
  const page = found.slice(0, max);
  const known = new Set(found.map(({ id }) => id));
  const missing = (ids ?? []).filter(({ userId }) => userId === undefined || !known.has(userId));
  const text = JSON.stringify({
    ...(missing.length === 0 || after !== '' || found.length > max
      ? {}
      : { notFoundIds: missing.map(({ personId }) => personId) }),
    items: page.map(viewFor(call, isAdministrator)),
  });
  if (found.length <= max) return text;
  const given = Object.entries(call.query).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const next = new URLSearchParams([...given.filter(([name]) => name !== 'cursor')]);
  next.set('cursor', cursorOf(page.at(-1)!));
  return { text, link: `<${parts.publicUrl()}${path}?${next}>; rel="next"` };
}

/** Of the caller. */
export async function getMyOwnDetails({ people }: PeopleParts, { caller }: Call): Promise<Answer> {
  const person = await people.find(caller.organizationId, caller.userId);
  if (person === undefined) throw unknownPerson();
  return JSON.stringify(wholeView(person));
}

export async function getPersonDetails(parts: PeopleParts, call: Call): Promise<Answer> {
  const isAdministrator = await seesAll(parts, call);
  return JSON.stringify(viewFor(call, isAdministrator)(await personNamed(parts, call)));
}

export async function createPerson(parts: PeopleParts, call: Call): Promise<Answer> {
  await requireAdministrator(parts, call);
  const { organizationId } = call.caller;
  const reading = readNewPerson(call.body, parts.compatibility);
  const fields = acceptPerson(reading, await knownOf(parts, reading, organizationId));
  return JSON.stringify(wholeView(await parts.logged.create(organizationId, call.author, fields)));
}

export async function updatePerson(parts: PeopleParts, call: Call): Promise<Answer> {
  await requireAdministrator(parts, call);
  const { id, organizationId } = await personToChange(parts, call);
  const person = await parts.logged.update(organizationId, id, call.author, async (before) => {
    const reading = readPersonUpdate(call.body, before, parts.compatibility);
    const known = await knownOf(parts, reading, organizationId, before);
    return acceptPerson(reading, known, before.externalId);
  });
  if (person === undefined) throw unknownPerson();
  return JSON.stringify(wholeView(person));
}

export async function deletePerson(parts: PeopleParts, call: Call): Promise<Answer> {
  await requireAdministrator(parts, call);
  const person = await personToChange(parts, call);
  if (await isLastAdministrator(parts, person)) throw lastAdministrator();
  if (!(await parts.logged.delete(person, call.author))) throw unknownPerson();
  return undefined;
}

/** Whether the caller sees all of everybody in the organization. */
async function seesAll({ directory }: PeopleParts, { caller, scopes }: Call): Promise<boolean> {
  const self = await callingMember(directory, caller);
  const isAdministrator = self.fullAdministrator && scopes.admin.every((scope) => caller.scopes.has(scope));
  if (isAdministrator || (scopes.user !== undefined && caller.scopes.has(scopes.user)))
    return isAdministrator;
  throw notAdministrator();
}

async function requireAdministrator(parts: PeopleParts, call: Call): Promise<void> {
  if (!(await seesAll(parts, call))) throw notAdministrator();
}

function viewFor({ caller }: Call, isAdministrator: boolean) {
  return (person: Person) =>
    isAdministrator || person.id === caller.userId ? wholeView(person) : colleagueView(person);
}

/** The same 404 for somebody of another organization and for nobody. */
async function personNamed({ people }: PeopleParts, { caller, params }: Call): Promise<Person> {
  const id = userIdOf(params.personId!);
  const person = id === undefined ? undefined : await people.find(caller.organizationId, id);
  if (person === undefined) throw unknownPerson();
  return person;
}

/** Machines are administered with the integrations that they belong to. */
async function personToChange(parts: PeopleParts, call: Call): Promise<Person> {
  const person = await personNamed(parts, call);
  if (person.kind === 'machine') throw unknownPerson();
  return person;
}

async function knownOf(
  parts: PeopleParts,
  { fields }: Reading<PersonBody>,
  organizationId: string,
  person?: Person,
): Promise<Known> {
  const texts = (value: unknown): string[] =>
    Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  const [email] = texts(fields.emails);
  const siteUrls = await parts.logged.changes.sitesOf(organizationId, texts(fields.siteUrls));
  return {
    organizationId,
    siteUrls: new Set(siteUrls.keys()),
    isAddressTaken: email !== undefined && (await parts.people.isTaken(email, person?.id ?? '')),
    isLastAdministrator: person !== undefined && (await isLastAdministrator(parts, person)),
  };
}

async function isLastAdministrator({ people }: PeopleParts, person: Person): Promise<boolean> {
  return person.fullAdministrator && person.active && !(await people.hasOtherAdministrator(person));
}

function unknownPerson(): Error {
  return notFound('people.known', 'There is nobody with this id in your organization.');
}

function notAdministrator(): Error {
  return forbidden('people.administrator', 'Only a full administrator of the organization may do this.');
}

function lastAdministrator(): Error {
  return forbidden(
    'people.last-administrator',
    'This is the last full administrator who can sign in: make somebody else one first.',
  );
}
