import { organizationIdOf, personIdOf } from '../directory/person-id.ts';
import { fullAdministratorRole } from './identifiers.ts';

export const newPersonExample = {
  emails: ['pat.person@example.com'],
  displayName: 'Pat Person',
  siteUrls: ['site4-example.webex.com'],
};

export const personExample = {
  id: personIdOf('25bbf831-5be9-4c25-b4b0-9b592c8a086b'),
  emails: ['pat.person@example.com'],
  displayName: 'Pat Person',
  firstName: 'Pat',
  lastName: 'Person',
  orgId: organizationIdOf('1f8a1c52-6d3e-4d0b-9f57-2f6f0f3f8a01'),
  roles: [fullAdministratorRole],
  siteUrls: ['site4-example.webex.com'],
  administeredSiteUrls: ['site4-example.webex.com'],
  loginEnabled: true,
  created: '2026-01-31T12:00:00.000Z',
  lastModified: '2026-01-31T12:00:00.000Z',
  type: 'person' as const,
};
