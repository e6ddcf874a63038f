/** A user as a SCIM resource (RFC 7643 section 4.1), and what such a resource says of a person. */
import { emailMaxLength, isEmail } from '../directory/email.ts';
import { namesIn, type Person, type PersonFields } from '../directory/person.ts';
import { type Fields, isObject } from '../platform/merge.ts';
import { fieldIn, withBooleans } from './library.ts';
import { invalidValue } from './scim-error.ts';

export const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User';
/** What is kept of a user; the address is the userName. */
export const keptOfUser = ['userName', 'name', 'displayName', 'active', 'externalId'] as const;
const longestName = 128;

/** The group that a user is in. */
export interface GroupOfUser {
  readonly id: string;
  readonly displayName: string;
}

export function userResource(
  person: Person,
  groups: readonly GroupOfUser[],
  location: (id: string) => string,
  groupLocation: (id: string) => string,
): Fields {
  return {
    schemas: [userSchema],
    id: person.id,
    ...(person.externalId === '' ? {} : { externalId: person.externalId }),
    userName: person.email,
    name: {
      formatted: person.displayName,
      ...(person.lastName === '' ? {} : { familyName: person.lastName }),
      ...(person.firstName === '' ? {} : { givenName: person.firstName }),
    },
    displayName: person.displayName,
    active: person.active,
    emails: [{ value: person.email, type: 'work', primary: true }],
    groups: groups.map(({ id, displayName }) => ({
      value: id,
      display: displayName,
      $ref: groupLocation(id),
      type: 'direct',
    })),
    meta: {
      resourceType: 'User',
      created: person.created,
      lastModified: person.modified,
      location: location(person.id),
    },
  };
}

/** What `resource` says of a person; roles and sites are no matter of it. Throws the first fault that it finds. */
export function personIn(
  resource: Fields,
  roles: Pick<PersonFields, 'fullAdministrator' | 'sites'>,
): PersonFields {
  const name = fieldIn(resource, 'name') ?? {};
  if (!isObject(name)) throw invalidValue('name must be an object.');
  const email = textOf(resource, 'userName', emailMaxLength) ?? '';
  if (!isEmail(email)) throw invalidValue('userName must be a valid e-mail address.');
  const given = textOf(name, 'givenName', longestName);
  const family = textOf(name, 'familyName', longestName);
  const displayName =
    textOf(resource, 'displayName', longestName) ??
    textOf(name, 'formatted', longestName) ??
    (`${given ?? ''} ${family ?? ''}`.trim() || email);
  const guessed = namesIn(displayName);
  const isNamed = given !== undefined || family !== undefined;
  const active = withBooleans(fieldIn(resource, 'active') ?? true);
  if (typeof active !== 'boolean') throw invalidValue('active must be true or false.');
  return {
    ...roles,
    email,
    displayName,
    firstName: isNamed ? (given ?? '') : guessed.firstName,
    lastName: isNamed ? (family ?? '') : guessed.lastName,
    active,
    externalId: textOf(resource, 'externalId', 256) ?? '',
  };
}

/** Undefined for what is left out, null or empty. */
export function textOf(fields: Fields, name: string, maximum: number): string | undefined {
  const value = fieldIn(fields, name) ?? '';
  if (typeof value !== 'string') throw invalidValue(`${name} must be text.`);
  if (value.length > maximum) throw invalidValue(`${name} must have ${maximum} characters or less.`);
  return value.trim() === '' ? undefined : value;
}
