import { randomUUID } from 'node:crypto';
import type { Audit } from '../../audit/audit.ts';
import type { AuditAction } from '../../audit/events.ts';
import { organizationIdOf, personIdOf } from '../../directory/person-id.ts';
import type { Directory } from '../../directory/store.ts';
import { conflict, fault, forbidden, notFound } from '../../errors.ts';
import { callingMember } from '../../identity/administration.ts';
import type { Call, Operation } from '../../identity/operation.ts';
import type { Operations } from '../../identity/operations.ts';
import type { OperationScopes } from '../../identity/scopes.ts';
import { hashOf, newTokenValue } from '../../identity/tokens.ts';
import { Conflict, type Statement } from '../../platform/database.ts';
import type { Compatibility } from '../../request/body.ts';
import type { Integration, IntegrationRegistry } from '../integration-registry.ts';
import { applicationExample, newApplicationExample } from './examples.ts';
import { applicationIdOf, clientIdOf } from './ids.ts';
import { readApplicationUpdate, readNewApplication } from './rules.ts';
import { Application, Applications, ApplicationUpdate, NewApplication } from './schema.ts';

const readScopes: OperationScopes = { user: undefined, admin: ['meeting:admin_config_read'] };
const writeScopes: OperationScopes = { user: undefined, admin: ['meeting:admin_config_write'] };
const onePath = '/v1/applications/:applicationId';
const allPath = '/v1/applications';
const { clientSecret: _, ...registeredExample } = applicationExample;
const answer = { schema: Application, example: registeredExample };

const listApplications: Operation = {
  id: 'listApplications',
  method: 'GET',
  path: allPath,
  summary: 'List Applications',
  description: 'The integrations that may ask the users of the organization for access.',
  scopes: readScopes,
  query: {},
  answer: { schema: Applications, example: { items: [registeredExample] } },
  rules: ['application.administrator'],
};

const createApplication: Operation = {
  id: 'createApplication',
  method: 'POST',
  path: allPath,
  summary: 'Create an Application',
  description:
    'Registers an integration. Its client secret is told here and never again, as only a hash of it is kept.',
  scopes: writeScopes,
  query: {},
  body: { schema: NewApplication, example: newApplicationExample },
  answer: { schema: Application, example: applicationExample },
  rules: ['application.administrator', 'application.redirect-url'],
  tellsSecret: true,
};

const getApplication: Operation = {
  id: 'getApplication',
  method: 'GET',
  path: onePath,
  summary: 'Get Application Details',
  description: 'An integration of the organization, by its id or its client id.',
  scopes: readScopes,
  query: {},
  answer,
  rules: ['application.administrator', 'application.known'],
};

const updateApplication: Operation = {
  id: 'updateApplication',
  method: 'PUT',
  path: onePath,
  summary: 'Update an Application',
  description: 'Changes an integration. What kind it is, and its secret, stay as they are.',
  scopes: writeScopes,
  query: {},
  body: { schema: ApplicationUpdate, example: newApplicationExample },
  answer,
  rules: ['application.administrator', 'application.known', 'application.redirect-url'],
};

const deleteApplication: Operation = {
  id: 'deleteApplication',
  method: 'DELETE',
  path: onePath,
  summary: 'Delete an Application',
  description: 'Removes an integration with all that users allowed it: its tokens stop working at once.',
  scopes: writeScopes,
  query: {},
  rules: ['application.administrator', 'application.known'],
};

export interface ApplicationParts {
  readonly operations: Operations;
  readonly directory: Directory;
  readonly integrations: IntegrationRegistry;
  readonly compatibility: Compatibility;
  readonly audit: Audit;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** More than any organization registers; what is beyond is not listed. */
const mostListed = 1_000;

export function mountApplications(parts: ApplicationParts): void {
  const { operations, integrations, compatibility } = parts;
  operations.mount(listApplications, async (call) => {
    const organizationId = await administeredOrganization(parts, call);
    const { rows } = await integrations.list(organizationId, ['web', 'native'], mostListed, 0);
    return JSON.stringify({ items: rows.map((integration) => factsOf(integration)) });
  });

  operations.mount(createApplication, async (call) => {
    const organizationId = await administeredOrganization(parts, call);
    const { isPublic, ...registration } = readNewApplication(call.body, compatibility);
    const secret = isPublic ? undefined : newTokenValue();
    const integration: Integration = {
      ...registration,
      id: randomUUID(),
      organizationId,
      secretHash: secret === undefined ? undefined : hashOf(secret),
      userId: undefined,
      created: new Date(parts.now()).toISOString(),
      createdBy: call.caller.userId,
    };
    await recording(parts, call, 'integration-created', integration, (also) =>
      integrations.create(integration, also),
    );
    return JSON.stringify(factsOf(integration, secret));
  });

  operations.mount(getApplication, async (call) => JSON.stringify(factsOf(await named(parts, call))));

  operations.mount(updateApplication, async (call) => {
    const updated = readApplicationUpdate(await named(parts, call), call.body, compatibility);
    await recording(parts, call, 'integration-updated', updated, (also) =>
      unlessGone(integrations.update(updated, also)),
    );
    return JSON.stringify(factsOf(updated));
  });

  operations.mount(deleteApplication, async (call) => {
    const found = await named(parts, call);
    await recording(parts, call, 'integration-deleted', found, (also) =>
      unlessGone(integrations.delete(found, also)),
    );
    return undefined;
  });
}

/** The caller's organization; a 403 unless they administer all of it. */
async function administeredOrganization({ directory }: ApplicationParts, { caller }: Call): Promise<string> {
  const { fullAdministrator, organizationId } = await callingMember(directory, caller);
  if (fullAdministrator) return organizationId;
  throw forbidden('application.administrator', fault('application.administrator', 'You').description);
}

/** The integration that the path names; a 404 in the same words for one of another organization and for none at all. */
async function named(parts: ApplicationParts, call: Call): Promise<Integration> {
  const organizationId = await administeredOrganization(parts, call);
  const found = await parts.integrations.find(clientIdOf(call.params.applicationId!));
  if (found?.organizationId === organizationId && found.kind !== 'service') return found;
  throw notFound('application.known', 'There is no application with this id in your organization.');
}

/** Changes an integration together with the rows that tell of it. */
function recording(
  { audit }: ApplicationParts,
  { author, caller }: Call,
  action: AuditAction,
  { id, name }: Integration,
  change: (also: readonly Statement[]) => Promise<void>,
): Promise<void> {
  const { userId: actorId, tokenId: actorTokenId, trackingId } = author;
  const { organizationId } = caller;
  const target = { targetType: 'INTEGRATION', targetId: id, targetName: name } as const;
  const event = { organizationId, action, actorId, actorTokenId, trackingId, ...target };
  return audit.recording([event], change);
}

/** Somebody else deleted it between looking and writing. */
async function unlessGone(write: Promise<void>): Promise<void> {
  try {
    await write;
  } catch (error) {
    throw error instanceof Conflict ? conflict() : error;
  }
}

function factsOf(integration: Integration, clientSecret?: string): Application {
  const { id, kind, name, description, contactEmail, secretHash, organizationId } = integration;
  const { redirectUrls, scopes, created, createdBy } = integration;
  return {
    id: applicationIdOf(id),
    type: 'integration',
    name,
    description,
    contactEmail,
    redirectUrls: [...redirectUrls],
    scopes: [...scopes],
    isNative: kind === 'native',
    isPublic: secretHash === undefined,
    clientId: id,
    ...(clientSecret === undefined ? {} : { clientSecret }),
    orgId: organizationIdOf(organizationId),
    ...(createdBy === '' ? {} : { createdBy: personIdOf(createdBy) }),
    created,
  };
}
