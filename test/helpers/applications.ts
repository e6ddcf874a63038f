/** What the tests of registering integrations have in common. */
import type { Answer, Client } from './client.ts';
import { redirectUrl } from './integrations.ts';

export const applications = '/v1/applications';

export const application = {
  type: 'integration',
  name: 'Meeting notes',
  description: 'Writes notes.',
  contactEmail: 'notes@example.com',
  redirectUrls: [redirectUrl],
  scopes: ['meeting:preferences_read'],
};

/** Registers an integration of the organization Example; `fields` override what is usual. */
export function register(request: Client, fields: object = {}, as = 'admin'): Promise<Answer> {
  return request({ method: 'POST', path: applications, as, body: { ...application, ...fields } });
}
