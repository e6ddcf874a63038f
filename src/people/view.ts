/** A person as they are answered. */
import type { Person } from '../directory/person.ts';
import { organizationIdOf, personIdOf } from '../directory/person-id.ts';
import { fullAdministratorRole } from './identifiers.ts';
import type { Person as PersonAnswer } from './schema.ts';

/** What colleagues may see: who somebody is. */
export function colleagueView(person: Person): PersonAnswer {
  return {
    id: personIdOf(person.id),
    emails: [person.email],
    displayName: person.displayName,
    firstName: person.firstName,
    lastName: person.lastName,
    orgId: organizationIdOf(person.organizationId),
    created: person.created,
    type: person.kind === 'machine' ? 'bot' : 'person',
  };
}

/** All of it: for administrators, and for the person. */
export function wholeView(person: Person): PersonAnswer {
  const { created, type, ...names } = colleagueView(person);
  const administered = person.sites.filter(({ siteAdministrator }) => siteAdministrator);
  return {
    ...names,
    roles: person.fullAdministrator ? [fullAdministratorRole] : [],
    siteUrls: person.sites.map(({ siteUrl }) => siteUrl),
    administeredSiteUrls: administered.map(({ siteUrl }) => siteUrl),
    loginEnabled: person.active,
    created,
    lastModified: person.modified,
    type,
  };
}
