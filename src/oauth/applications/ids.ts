/** Ids in the form that clients of the real service know: base64 of a `ciscospark://` URL, without padding. */

const applicationPrefix = 'ciscospark://us/APPLICATION/';

export function applicationIdOf(clientId: string): string {
  return base64(applicationPrefix + clientId);
}

/** The client id inside an application's id; a client id is taken as it is. */
export function clientIdOf(applicationId: string): string {
  const text = Buffer.from(applicationId, 'base64').toString('latin1');
  return text.startsWith(applicationPrefix) ? text.slice(applicationPrefix.length) : applicationId;
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64').replace(/=+$/, '');
}
