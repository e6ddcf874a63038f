import type { Operation } from '../identity/operation.ts';
import { peopleReadScopes, peopleWriteScopes } from '../identity/scopes.ts';
import { newPersonExample, personExample } from './examples.ts';
import {
  createPerson,
  deletePerson,
  getMyOwnDetails,
  getPersonDetails,
  listPeople,
  type PeopleParts,
  updatePerson,
} from './handlers.ts';
import { NewPerson, People, Person, PersonUpdate, peopleParameters } from './schema.ts';

const onePath = '/v1/people/:personId';
const answer = { schema: Person, example: personExample };

const list: Operation = {
  id: 'listPeople',
  method: 'GET',
  path: '/v1/people',
  summary: 'List People',
  description:
    'People of the organization: by address, id or the beginning of a name, or all of them for an administrator. ' +
    'Where there are more than `max`, the Link header has the next page.',
  scopes: peopleReadScopes,
  query: peopleParameters,
  answer: { schema: People, example: { items: [personExample] } },
  rules: ['people.search', 'people.ids', 'people.max', 'people.cursor'],
};

const getMyself: Operation = {
  id: 'getMyOwnDetails',
  method: 'GET',
  path: '/v1/people/me',
  summary: 'Get My Own Details',
  description: 'Who the caller is.',
  scopes: peopleReadScopes,
  query: {},
  answer,
  rules: [],
};

const getOne: Operation = {
  id: 'getPersonDetails',
  method: 'GET',
  path: onePath,
  summary: 'Get Person Details',
  description: 'A person of the organization. Others than administrators see who they are, and no more.',
  scopes: peopleReadScopes,
  query: {},
  answer,
  rules: ['people.known'],
};

const bodyRules = [
  'people.administrator',
  'people.email-free',
  'people.org-id',
  'people.roles',
  'people.site-urls',
  'people.administered-site-urls',
] as const;

const create: Operation = {
  id: 'createPerson',
  method: 'POST',
  path: '/v1/people',
  summary: 'Create a Person',
  description: 'Adds a person to the organization, with a personal room on each of their sites.',
  scopes: peopleWriteScopes,
  query: {},
  body: { schema: NewPerson, example: newPersonExample },
  answer,
  rules: bodyRules,
};

const update: Operation = {
  id: 'updatePerson',
  method: 'PUT',
  path: onePath,
  summary: 'Update a Person',
  description:
    'Changes a person; what is left out stays as it is. Taken off a site, they lose their room and preferences there.',
  scopes: peopleWriteScopes,
  query: {},
  body: { schema: PersonUpdate, example: newPersonExample },
  answer,
  rules: ['people.known', ...bodyRules, 'people.last-administrator'],
};

const remove: Operation = {
  id: 'deletePerson',
  method: 'DELETE',
  path: onePath,
  summary: 'Delete a Person',
  description:
    'Deletes a person with their preferences, tokens and sessions, and takes them off the lists of delegates of others.',
  scopes: peopleWriteScopes,
  query: {},
  rules: ['people.administrator', 'people.known', 'people.last-administrator'],
};

export function mountPeople(parts: PeopleParts): void {
  const { operations } = parts;
  operations.mount(list, (call) => listPeople(parts, call, list.path));
  operations.mount(getMyself, (call) => getMyOwnDetails(parts, call));
  operations.mount(getOne, (call) => getPersonDetails(parts, call));
  operations.mount(create, (call) => createPerson(parts, call));
  operations.mount(update, (call) => updatePerson(parts, call));
  operations.mount(remove, (call) => deletePerson(parts, call));
}
