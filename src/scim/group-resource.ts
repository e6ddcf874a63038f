/** A group as a SCIM resource (RFC 7643 section 4.2), and what such a resource says. */

import { type Fields, isObject } from '../platform/merge.ts';
import type { Group, GroupFields } from './group-store.ts';
import { fieldIn } from './library.ts';
import { invalidValue } from './scim-error.ts';
import { textOf } from './user-resource.ts';
import type { Locations } from './users.ts';

export const groupSchema = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const keptOfGroup = ['displayName', 'externalId', 'members'] as const;

export function groupResource(group: Group, { user, group: location }: Locations): Fields {
  return {
    schemas: [groupSchema],
    id: group.id,
    ...(group.externalId === '' ? {} : { externalId: group.externalId }),
    displayName: group.displayName,
    members: group.members.map(({ userId, displayName }) => ({
      value: userId,
      display: displayName,
      $ref: user(userId),
      type: 'User',
    })),
    meta: {
      resourceType: 'Group',
      created: group.created,
      lastModified: group.modified,
      location: location(group.id),
    },
  };
}

/** Throws the first fault that it finds. A member who is named twice counts once. */
export function groupFieldsIn(resource: Fields): GroupFields {
  const displayName = textOf(resource, 'displayName', 256)?.trim();
  if (displayName === undefined) throw invalidValue('displayName is required.');
  const members = fieldIn(resource, 'members') ?? [];
  if (!Array.isArray(members)) throw invalidValue('members must be a list.');
  const ids = members.map((member) => {
    const value = isObject(member) ? fieldIn(member, 'value') : undefined;
    if (typeof value !== 'string') throw invalidValue('A member must have the id of a user as its value.');
    return value.toLowerCase();
  });
  const externalId = textOf(resource, 'externalId', 256) ?? '';
  return { displayName, externalId, memberIds: [...new Set(ids)] };
}
