import { userIdOf } from '../../directory/person-id.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The user id that a file names by itself or by its person id; undefined when it is neither. */
export function userIdIn(id: string): string | undefined {
  return uuid.test(id) ? id : userIdOf(id);
}
