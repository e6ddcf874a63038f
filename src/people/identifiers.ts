/** Ids that people are described with. */
import { publicIdOf } from '../directory/person-id.ts';

/** The one role there is beside the administration of sites, which is a matter of each site. */
export const fullAdministratorRole = publicIdOf('ROLE', 'id_full_admin');

/** Whether two ids are the same, padded or not. */
export function isSameId(one: string, other: string): boolean {
  return one.replace(/=+$/, '') === other.replace(/=+$/, '');
}
