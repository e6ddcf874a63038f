/** Which groups of the database a file's groups are, and who is in them afterwards. */
import { randomUUID } from 'node:crypto';
import { keyOf } from '../../directory/email.ts';
import type { Group } from '../../scim/group-store.ts';
import { type ExistingState, groupKey } from './existing-state.ts';
import type { DocumentFault, Path } from './fault.ts';
import type { Resolved, WantedGroup } from './resolved.ts';
import type { GroupEntry } from './schema.ts';

/** Whom an address of the file stands for: a user of the file, or else of the database. */
export type UserOfAddress = (
  emailKey: string,
) => { readonly id: string; readonly organizationId: string } | undefined;

/** A group of an organization, with the members that it has and those the file lists; adds to `faults` what must not be. */
export function resolveGroup(
  { displayName, id, externalId, members = [] }: GroupEntry,
  organizationId: string,
  path: Path,
  { groupsByName, groupsById }: ExistingState,
  userOf: UserOfAddress,
  faults: DocumentFault[],
): Resolved<WantedGroup, Group> {
  const byName = groupsByName.get(groupKey(organizationId, displayName));
  const existing = id === undefined ? byName : groupsById.get(id);
  if (existing !== undefined && existing.organizationId !== organizationId) {
    const sentence = `The id ${id} belongs to a group in another organization of the database.`;
    faults.push({ path: [...path, 'id'], sentence });
  } else if (byName !== undefined && byName.id !== (id ?? byName.id)) {
    const sentence = `The group ${JSON.stringify(displayName)} has the id ${byName.id} already.`;
    faults.push({ path: [...path, 'id'], sentence });
  }
  const memberIds = new Set(existing?.members.map(({ userId }) => userId));
  for (const [index, email] of members.entries()) {
    const user = userOf(keyOf(email));
    if (user?.organizationId === organizationId) memberIds.add(user.id);
    else {
      const sentence = `The member ${email} is no user of the organization: list them under users.`;
      faults.push({ path: [...path, 'members', index], sentence });
    }
  }
  const wanted = {
    id: existing?.id ?? id ?? randomUUID(),
    organizationId,
    displayName,
    externalId: externalId ?? existing?.externalId ?? '',
    // In the order in which the database has them, so that equal lists are equal.
    memberIds: [...memberIds].sort(),
  };
  return { wanted, existing };
}
