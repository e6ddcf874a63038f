import { organizationIdOf, personIdOf } from '../../directory/person-id.ts';
import { applicationIdOf } from './ids.ts';
import type { Application, NewApplication } from './schema.ts';

const clientId = '0f6f3d0e-8a8e-4d0a-9d53-6a5c1c6c4a10';

export const newApplicationExample: NewApplication = {
  type: 'integration',
  name: 'Meeting notes',
  description: 'Writes notes of your meetings.',
  contactEmail: 'notes@example.com',
  redirectUrls: ['https://notes.example.net/callback'],
  scopes: ['meeting:preferences_read'],
};

export const applicationExample: Application & { readonly clientSecret: string } = {
  id: applicationIdOf(clientId),
  type: 'integration',
  name: 'Meeting notes',
  description: 'Writes notes of your meetings.',
  contactEmail: 'notes@example.com',
  redirectUrls: ['https://notes.example.net/callback'],
  scopes: ['meeting:preferences_read'],
  isNative: false,
  isPublic: false,
  clientId,
  clientSecret: 'u0Yd2uH3b5S0T0e4nq3mVt7Yw3Tq9pXxk1JrZ8aLw6E',
  orgId: organizationIdOf('1f8a1c52-6d3e-4d0b-9f57-2f6f0f3f8a01'),
  createdBy: personIdOf('7a1d9e30-52c4-4f0d-8f0e-6b5f1e2d3c04'),
  created: '2026-01-31T12:00:00.000Z',
};
