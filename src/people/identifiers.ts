/** Ids in the form clients know: base64 of `ciscospark://us/<KIND>/<id>`, without padding. */

/** The one role there is beside the administration of sites, which is a matter of each site. */
export const fullAdministratorRole = inBase64('ROLE/id_full_admin');

export function organizationIdOf(id: string): string {
  return inBase64(`ORGANIZATION/${id}`);
}

/** Whether two ids are the same, padded or not. */
export function isSameId(one: string, other: string): boolean {
  return one.replace(/=+$/, '') === other.replace(/=+$/, '');
}

function inBase64(path: string): string {
  return Buffer.from(`ciscospark://us/${path}`).toString('base64').replace(/=+$/, '');
}
