import { isUuid, userIdOf } from '../../directory/person-id.ts';

/** The user id that a file names by itself or by its person id; undefined when it is neither. */
export function userIdIn(id: string): string | undefined {
  return isUuid(id) ? id : userIdOf(id);
}
