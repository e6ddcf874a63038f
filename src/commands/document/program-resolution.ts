/** Which programs of the database a file's integrations and service accounts are, and what becomes of them. */
import { randomUUID } from 'node:crypto';
import type { Integration } from '../../oauth/integration-registry.ts';
import type { ExistingState } from './existing-state.ts';
import type { DocumentFault, Path } from './fault.ts';
import type { IntegrationEntry, ServiceAccountEntry } from './program-schema.ts';
import type { Resolved } from './resolved.ts';

/** An integration of an organization; what must not be is added to `faults`. `now` is ISO-8601 UTC. */
export function resolveIntegration(
  entry: IntegrationEntry,
  organizationId: string,
  path: Path,
  { programs }: ExistingState,
  faults: DocumentFault[],
  now: string,
): Resolved<Integration> {
  const { clientId: id, kind, name, scopes } = entry;
  const existing = programs.get(id);
  const fault = programFault(existing, organizationId, kind);
  if (fault !== undefined) faults.push({ path: [...path, fault.field], sentence: fault.sentence });
  const wanted: Integration = {
    ...(existing ?? { userId: undefined, created: now, createdBy: '' }),
    id,
    organizationId,
    kind,
    name,
    description: entry.description ?? existing?.description ?? '',
    contactEmail: entry.contactEmail ?? existing?.contactEmail ?? '',
    secretHash: entry.secretSha256 ?? existing?.secretHash,
    redirectUrls: entry.redirectUrls ?? existing?.redirectUrls ?? [],
    scopes,
  };
  return { wanted, existing };
}

/** A service account in the same way; undefined when it cannot be told whom it acts as. */
export function resolveServiceAccount(
  { clientId: id, userId: given, name, description, scopes, secretSha256 }: ServiceAccountEntry,
  organizationId: string,
  path: Path,
  { programs, usersById }: ExistingState,
  faults: DocumentFault[],
  now: string,
): Resolved<Integration> | undefined {
  const existing = programs.get(id);
  const userId = existing?.userId ?? given ?? randomUUID();
  const fault =
    programFault(existing, organizationId, 'service') ??
    (given !== undefined && given !== userId
      ? { field: 'userId', sentence: `The service account ${id} has the userId ${userId} already.` }
      : undefined) ??
    (existing === undefined && usersById.has(userId)
      ? { field: 'userId', sentence: `The userId ${userId} belongs to another user in the database.` }
      : undefined);
  if (fault !== undefined) {
    faults.push({ path: [...path, fault.field], sentence: fault.sentence });
    return undefined;
  }
  const wanted: Integration = {
    ...(existing ?? { contactEmail: '', redirectUrls: [], created: now, createdBy: '' }),
    id,
    organizationId,
    kind: 'service',
    name,
    description: description ?? existing?.description ?? '',
    secretHash: secretSha256,
    scopes,
    userId,
  };
  return { wanted, existing };
}

interface ProgramFault {
  readonly field: string;
  readonly sentence: string;
}

/** Why an entry of this kind in this organization cannot be what the database has under its client id. */
function programFault(
  existing: Integration | undefined,
  organizationId: string,
  kind: Integration['kind'],
): ProgramFault | undefined {
  if (existing === undefined) return undefined;
  if (existing.organizationId !== organizationId) {
    const sentence = `The clientId ${existing.id} belongs to another organization of the database.`;
    return { field: 'clientId', sentence };
  }
  if (existing.kind === kind) return undefined;
  const sentence = `The clientId ${existing.id} belongs to a program of the kind ${existing.kind} in the database.`;
  return { field: 'clientId', sentence };
}
