/** Ids of applications in the form that clients of the real service know. */
import { publicIdOf } from '../../directory/person-id.ts';

const applicationPrefix = 'ciscospark://us/APPLICATION/';

export function applicationIdOf(clientId: string): string {
  return publicIdOf('APPLICATION', clientId);
}

/** The client id inside an application's id; a client id is taken as it is. */
export function clientIdOf(applicationId: string): string {
  const text = Buffer.from(applicationId, 'base64').toString('latin1');
  return text.startsWith(applicationPrefix) ? text.slice(applicationPrefix.length) : applicationId;
}
