/** Finds what a command line names; each of these throws a sentence that says how to see what there is. */

import {
  type ExistingMembership,
  type ExistingUser,
  existingMemberships,
  existingOrganizations,
  existingUsers,
} from '../directory/bulk-registry.ts';
import { Deletions } from '../directory/deletion-store.ts';
import { keyOf } from '../directory/email.ts';
import { type OrganizationSummary, Registry, type SiteSummary } from '../directory/registry.ts';
import type { Database } from '../platform/database.ts';
import { removeDelegate } from '../preferences/delegation-store.ts';
import { applyDocument } from './document/apply.ts';
import { documentFaults } from './document/checking.ts';
import type { OrganizationEntry } from './document/schema.ts';
import { CommandError, UsageError } from './io.ts';

/** The organization with this name; the only one there is when no name is given. */
export async function organizationNamed(
  database: Database,
  name: string | undefined,
): Promise<OrganizationSummary> {
  const registry = new Registry(database);
  if (name !== undefined) {
    const found = await registry.organization(name);
    if (found !== undefined) return found;
    throw new CommandError(
      `There is no organization ${JSON.stringify(name)}. \`anteroom organization list\` shows all.`,
    );
  }
  const { rows, total } = await registry.organizations(1, 0);
  if (total === 1) return rows[0]!;
  throw total === 0
    ? new CommandError('There is no organization yet. Make one with `anteroom organization create`.')
    : new UsageError(`There are ${total} organizations: say which one with --organization.`);
}

/** The id of the organization with this name, for a list of what it has; undefined for a list of everything. */
export async function organizationIdNamed(
  database: Database,
  name: string | undefined,
): Promise<string | undefined> {
  return name === undefined ? undefined : (await organizationNamed(database, name)).id;
}

export async function siteNamed(database: Database, siteUrl: string): Promise<SiteSummary> {
  const found = await new Registry(database).site(keyOf(siteUrl));
  if (found !== undefined) return found;
  throw new CommandError(`There is no site ${JSON.stringify(siteUrl)}. \`anteroom site list\` shows all.`);
}

export interface FoundUser {
  readonly user: ExistingUser;
  /** The name of the organization. */
  readonly organization: string;
  readonly memberships: readonly ExistingMembership[];
}

export async function findUser(database: Database, email: string): Promise<FoundUser | undefined> {
  const [user] = await existingUsers(database, [keyOf(email)], []);
  if (user === undefined) return undefined;
  const [organization] = await existingOrganizations(database, [], [user.organizationId]);
  return {
    user,
    organization: organization!.name,
    memberships: await existingMemberships(database, [user.id]),
  };
}

export async function userNamed(database: Database, email: string): Promise<FoundUser> {
  const found = await findUser(database, email);
  if (found !== undefined) return found;
  throw new CommandError(`There is no user ${JSON.stringify(email)}. \`anteroom user list\` shows all.`);
}

export function deletionsIn(database: Database): Deletions {
  return new Deletions(database, removeDelegate(database));
}

/** Does what an import of this entry alone would do, in one unit with `also`. */
export async function applyEntry(
  database: Database,
  organization: OrganizationEntry,
  also: Parameters<typeof applyDocument>[2] = {},
): Promise<void> {
  const document = { organizations: [organization] };
  const wrong = documentFaults(document);
  if (wrong.length > 0) throw new UsageError(wrong.map(({ sentence }) => sentence).join('\n'));
  const { faults } = await applyDocument(database, document, also);
  if (faults.length > 0) throw new CommandError(faults.map(({ sentence }) => sentence).join('\n'));
}
