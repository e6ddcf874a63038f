/** What can be said of a person, and asked of a list of people. Pure. */
import { isEmail, keyOf } from '../directory/email.ts';
import { namesIn, type Person, type PersonFields } from '../directory/person.ts';
import { organizationIdOf, userIdOf } from '../directory/person-id.ts';
import { type Fault, fault, quote, refuseIf } from '../errors.ts';
import { type Compatibility, type Reading, readBody } from '../request/body.ts';
import { countBetween, type Query, QueryReading } from '../request/parameters.ts';
import { valueIn } from '../request/target.ts';
import { fullAdministratorRole, isSameId } from './identifiers.ts';
import { NewPerson, type PersonBody, PersonUpdate } from './schema.ts';

/** What the directory knows of what a body names. */
export interface Known {
  readonly organizationId: string;
  /** Those of the sites that the organization has, in lower case. */
  readonly siteUrls: ReadonlySet<string>;
  readonly isAddressTaken: boolean;
  readonly isLastAdministrator: boolean;
}

export function readNewPerson(body: unknown, compatibility: Compatibility): Reading<PersonBody> {
  return readBody(NewPerson, body, {}, compatibility) as Reading<PersonBody>;
}

/** What is left out stays as it is; a site that is given up is not administered any more. */
export function readPersonUpdate(
  body: unknown,
  person: Person,
  compatibility: Compatibility,
): Reading<PersonBody> {
  const siteUrls = person.sites.map(({ siteUrl }) => siteUrl);
  const stored = {
    emails: [person.email],
    displayName: person.displayName,
    firstName: person.firstName,
    lastName: person.lastName,
    roles: person.fullAdministrator ? [fullAdministratorRole] : [],
    siteUrls,
    loginEnabled: person.active,
  };
  const reading = readBody(PersonUpdate, body, stored, compatibility) as Reading<PersonBody>;
  if ((valueIn(body, 'administeredSiteUrls') ?? null) === null && reading.isSound('siteUrls')) {
    const kept = new Set(reading.fields.siteUrls!.map(keyOf));
    const administered = person.sites.filter(({ siteAdministrator }) => siteAdministrator);
    reading.fields.administeredSiteUrls = administered
      .map(({ siteUrl }) => siteUrl)
      .filter((siteUrl) => kept.has(siteUrl));
  }
  return reading;
}

/** The fields, when nothing is wrong with any; else a 400 that lists every fault. */
export function acceptPerson(reading: Reading<PersonBody>, known: Known, externalId = ''): PersonFields {
  const { fields } = reading;
  const { siteUrls = [], administeredSiteUrls = [], roles = [], loginEnabled = true } = fields;
  const when = (condition: boolean, found: Fault): void => reading.add(condition ? found : undefined);
  const email = reading.isSound('emails') ? (fields.emails?.[0] ?? '') : '';
  if (reading.isSound('emails')) {
    when(!isEmail(email), fault('people.emails', 'emails', `not ${quote(email)}`));
    when(known.isAddressTaken, fault('people.email-free'));
  }
  if (reading.isSound('displayName')) when(fields.displayName?.trim() === '', fault('people.display-name'));
  if (reading.isSound('orgId')) {
    const isOwn =
      fields.orgId === undefined || isSameId(fields.orgId, organizationIdOf(known.organizationId));
    when(!isOwn, fault('people.org-id'));
  }
  const isAdministrator = roles.length > 0;
  if (reading.isSound('roles')) {
    const isKnown = roles.every((role) => isSameId(role, fullAdministratorRole));
    when(!isKnown || roles.length > 1, fault('people.roles'));
  }
  if (reading.isSound('siteUrls', 'administeredSiteUrls')) {
    const keys = siteUrls.map(keyOf);
    const areKnown = keys.every((key) => known.siteUrls.has(key)) && new Set(keys).size === keys.length;
    when(!areKnown, fault('people.site-urls'));
    const areTheirs = administeredSiteUrls.every((siteUrl) => keys.includes(keyOf(siteUrl)));
    when(!areTheirs, fault('people.administered-site-urls'));
  }
  if (reading.isSound('roles', 'loginEnabled'))
    when(known.isLastAdministrator && !(isAdministrator && loginEnabled), fault('people.last-administrator'));
  reading.accepted();
  const displayName = fields.displayName ?? givenName(fields) ?? email;
  const guessed = namesIn(displayName);
  const administered = new Set(administeredSiteUrls.map(keyOf));
  return {
    email,
    displayName,
    firstName: fields.firstName ?? guessed.firstName,
    lastName: fields.lastName ?? guessed.lastName,
    fullAdministrator: isAdministrator,
    active: loginEnabled,
    externalId,
    sites: siteUrls.map((siteUrl) => ({
      siteUrl,
      siteAdministrator: administered.has(keyOf(siteUrl)),
    })),
  };
}

function givenName({ firstName = '', lastName = '' }: PersonBody): string | undefined {
  const name = `${firstName} ${lastName}`.trim();
  return name === '' ? undefined : name;
}

export interface ListQuery {
  readonly email: string | undefined;
  readonly displayName: string | undefined;
  /** The person ids as they were given, with the user ids in them. */
  readonly ids: readonly { readonly personId: string; readonly userId: string | undefined }[] | undefined;
  readonly max: number;
  /** The address, in lower case, behind which the page begins. */
  readonly after: string;
}

/** What a request asks of the list; a 400 with every fault. Only administrators list people they cannot name. */
export function readListQuery(query: Query, isAdministrator: boolean): ListQuery {
  const reading = new QueryReading(query);
  const { faults } = reading;
  const email = reading.address('email');
  const displayName = reading.text('displayName');
  const ids = reading
    .text('id')
    ?.split(',')
    .map((personId) => ({ personId: personId.trim(), userId: userIdOf(personId.trim()) }));
  if (ids !== undefined && ids.length > 85) faults.push(fault('people.ids'));
  const max = reading.parsed('max', countBetween(1, 1000), fault('people.max')) ?? 100;
  const after = reading.parsed('cursor', addressIn, fault('people.cursor')) ?? '';
  const isNamed = ['email', 'displayName', 'id'].some((name) => query[name] !== undefined);
  if (!isAdministrator && !isNamed) faults.push(fault('people.search'));
  refuseIf(faults);
  return { email, displayName, ids, max, after };
}

export function cursorOf({ emailKey }: Person): string {
  return Buffer.from(emailKey).toString('base64url');
}

function addressIn(cursor: string): string | undefined {
  const address = Buffer.from(cursor, 'base64url').toString();
  return isEmail(address) ? address : undefined;
}
