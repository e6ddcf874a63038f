/** Ids of people and organizations in the form clients know: base64 of `ciscospark://us/PEOPLE/<uuid>`, without padding. */
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function idOf(kind: 'PEOPLE' | 'ORGANIZATION', id: string): string {
  return Buffer.from(`ciscospark://us/${kind}/${id}`).toString('base64').replace(/=+$/, '');
}

/** The uuid inside an id of this kind, padded or not, in either base64 alphabet; undefined when there is none. */
function uuidIn(kind: 'PEOPLE' | 'ORGANIZATION', clientId: string): string | undefined {
  const prefix = `ciscospark://us/${kind}/`;
  const text = Buffer.from(clientId, 'base64').toString('latin1');
  const id = text.slice(prefix.length).toLowerCase();
  return text.startsWith(prefix) && uuid.test(id) ? id : undefined;
}

export function personIdOf(userId: string): string {
  return idOf('PEOPLE', userId);
}

/** The uuid inside a person id. */
export function userIdOf(personId: string): string | undefined {
  return uuidIn('PEOPLE', personId);
}

export function organizationIdOf(organizationId: string): string {
  return idOf('ORGANIZATION', organizationId);
}

/** The uuid inside an organization id, or the uuid itself, as some clients send it. */
export function organizationUuidOf(clientId: string): string | undefined {
  const given = clientId.toLowerCase();
  return uuid.test(given) ? given : uuidIn('ORGANIZATION', clientId);
}
