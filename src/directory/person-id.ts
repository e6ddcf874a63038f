/** Person ids in the form clients know: base64 of `ciscospark://us/PEOPLE/<uuid>`, without padding. */
const prefix = 'ciscospark://us/PEOPLE/';
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function personIdOf(userId: string): string {
  return Buffer.from(prefix + userId)
    .toString('base64')
    .replace(/=+$/, '');
}

/** The uuid inside a person id, padded or not, in either base64 alphabet; undefined when there is none. */
export function userIdOf(personId: string): string | undefined {
  const text = Buffer.from(personId, 'base64').toString('latin1');
  const userId = text.slice(prefix.length).toLowerCase();
  return text.startsWith(prefix) && uuid.test(userId) ? userId : undefined;
}
