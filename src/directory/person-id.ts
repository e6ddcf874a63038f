/** Ids in the form that clients of the real service know: base64 of `ciscospark://us/PEOPLE/<uuid>`, without padding. */

/** A uuid in lower case, as all ids of ours are. */
export const uuidPattern = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';
const uuid = new RegExp(uuidPattern);

export function isUuid(text: string): boolean {
  return uuid.test(text);
}

/** `id` as clients know what is of this kind. */
export function publicIdOf(kind: 'PEOPLE' | 'ORGANIZATION' | 'APPLICATION' | 'ROLE', id: string): string {
  return Buffer.from(`ciscospark://us/${kind}/${id}`).toString('base64').replace(/=+$/, '');
}

/** The uuid inside an id of this kind, padded or not, in either base64 alphabet; undefined when there is none. */
function uuidIn(kind: 'PEOPLE' | 'ORGANIZATION', clientId: string): string | undefined {
  const prefix = `ciscospark://us/${kind}/`;
  const text = Buffer.from(clientId, 'base64').toString('latin1');
  const id = text.slice(prefix.length).toLowerCase();
  return text.startsWith(prefix) && isUuid(id) ? id : undefined;
}

export function personIdOf(userId: string): string {
  return publicIdOf('PEOPLE', userId);
}

/** The uuid inside a person id. */
export function userIdOf(personId: string): string | undefined {
  return uuidIn('PEOPLE', personId);
}

export function organizationIdOf(organizationId: string): string {
  return publicIdOf('ORGANIZATION', organizationId);
}

/** The uuid inside an organization id, or the uuid itself, as some clients send it. */
export function organizationUuidOf(clientId: string): string | undefined {
  const given = clientId.toLowerCase();
  return isUuid(given) ? given : uuidIn('ORGANIZATION', clientId);
}
