import { personIdOf } from '../directory/person-id.ts';
import type { AccessToken, NewAccessToken } from './schema.ts';

export const newTokenExample: NewAccessToken = {
  userEmail: 'john.andersen@example.com',
  name: 'Room dashboard',
  scopes: ['meeting:preferences_read'],
};

export const tokenExample: AccessToken = {
  id: '5c1d8f0e-2b7a-4a63-9c1e-7d40b3f0a921',
  name: 'Room dashboard',
  kind: 'personal',
  person: {
    personId: personIdOf('25bbf831-5be9-4c25-b4b0-9b592c8a086b'),
    email: 'john.andersen@example.com',
    displayName: 'John Andersen',
  },
  scopes: ['meeting:preferences_read'],
  state: 'active',
  created: '2026-01-31T12:00:00.000Z',
  createdBy: {
    personId: personIdOf('7a1d9e30-52c4-4f0d-8f0e-6b5f1e2d3c04'),
    email: 'admin@example.com',
    displayName: 'Alex Admin',
  },
  expires: '2026-05-01T12:00:00.000Z',
  lastUsed: '2026-02-01T08:15:00.000Z',
};

export const createdTokenExample = {
  ...tokenExample,
  token: 'u0Yd2uH3b5S0T0e4nq3mVt7Yw3Tq9pXxk1JrZ8aLw6E',
};
