/** SCIM 2.0 (RFC 7643, RFC 7644): another directory provisions the users and groups of an organization. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { LoggedPeople } from '../audit/logged-people.ts';
import type { PeopleStore } from '../directory/people-store.ts';
import type { Directory } from '../directory/store.ts';
import { callingMember } from '../identity/administration.ts';
import type { Operations } from '../identity/operations.ts';
import { provisioningReadScopes, provisioningScopes } from '../identity/scopes.ts';
import type { Caller } from '../identity/tokens.ts';
import type { Database } from '../platform/database.ts';
import { parseJson } from '../platform/json.ts';
import type { RateLimits } from '../platform/limits.ts';
import type { Log } from '../platform/log.ts';
import type { Fields } from '../platform/merge.ts';
import { refuseOtherMethods } from '../platform/methods.ts';
import type { PublicUrl } from '../platform/public-url.ts';
import { asApiError } from '../platform/refusals.ts';
import { resourceTypes, schemas, serviceProviderConfig } from './discovery.ts';
import { GroupStore } from './group-store.ts';
import { Groups } from './groups.ts';
import { listResponse, readAttributes, readListQuery, selected } from './list.ts';
import { isRefusal, rendered, ScimError, scimMediaType, unknownResource } from './scim-error.ts';
import { type Locations, type Provisioner, Users } from './users.ts';

export interface ScimParts {
  readonly app: FastifyInstance;
  readonly database: Database;
  readonly operations: Operations;
  readonly directory: Directory;
  readonly people: PeopleStore;
  readonly logged: LoggedPeople;
  readonly log: Log;
  readonly limits: RateLimits;
  readonly publicUrl: PublicUrl;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const base = '/scim/v2';
/** The members of a large group come in one body. */
const bodyLimit = 1024 * 1024;

type Params = { readonly id: string };
type Handler = (provisioner: Provisioner, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** Mounts everything under {@link base}, where refusals have the form of SCIM in the place of the API's. */
export function mountScim(parts: ScimParts): void {
  const { app, log, limits } = parts;
  app.register(async (scim) => {
    scim.addContentTypeParser(
      'application/scim+json',
      { parseAs: 'buffer' },
      (_request, body: string | Buffer, done) => {
        try {
          done(null, body.length === 0 ? undefined : parseJson(body as Buffer));
        } catch (error) {
          done(error as Error);
        }
      },
    );
    scim.setErrorHandler((error, request, reply) => {
      const refusal = isRefusal(error) ? error : asApiError(error as Error);
      if (refusal.status === 401) limits.addFailure(request.ip, request.arrivedMs);
      if (refusal.status >= 500) log.failure(request.id, refusal.cause ?? error);
      const { status, headers, text } = rendered(refusal);
      return reply.code(status).headers(headers).type(scimMediaType).send(text);
    });
    scim.register(async (resources) => {
      const describeMethods = refuseOtherMethods(resources);
      mountResources(resources, parts);
      // Not among the resources, whose methods it tells of.
      scim.all(`${base}/*`, async (request) => {
        throw describeMethods(request) ?? new ScimError(404, undefined, 'There is nothing at this path.');
      });
    });
  });
}

function mountResources(scim: FastifyInstance, parts: ScimParts): void {
  const { database, people, logged, now, publicUrl } = parts;
  const at = (name: string) => `${publicUrl()}${base}/${name}`;
  const locations: Locations = { user: (id) => at(`Users/${id}`), group: (id) => at(`Groups/${id}`) };
  const groupStore = new GroupStore(database);
  const mount = mounterOf(scim, parts);
  mountDiscovery(mount, at);
  const resources = {
    '/scim/v2/Users': new Users(people, logged, groupStore, locations),
    '/scim/v2/Groups': new Groups(groupStore, people, logged, locations, now),
  };
  for (const [all, resource] of Object.entries(resources)) {
    const one = `${all}/:id`;
    mount('GET', all, async (who, { query }) => resource.list(who, await readListQuery(query as Fields)));
    mount('POST', all, async (who, { body }, reply) => {
      const created = await resource.create(who, body);
      const { location } = created.meta as { location: string };
      reply.code(201).header('location', location);
      return created;
    });
    mount('GET', one, async (who, { params, query }) =>
      selected(await resource.read(who, (params as Params).id), readAttributes(query as Fields)),
    );
    mount('PUT', one, (who, { params, body }) => resource.replace(who, (params as Params).id, body));
    mount('PATCH', one, (who, { params, body }) => resource.patch(who, (params as Params).id, body));
    mount('DELETE', one, (who, { params }) => resource.delete(who, (params as Params).id));
  }
}

type Mount = (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, handler: Handler) => void;

/** Mounts a path for full administrators with the scopes of reading, or of writing. */
function mounterOf(scim: FastifyInstance, { operations, directory }: ScimParts): Mount {
  return (method, path, handler) => {
    const scopes = method === 'GET' ? provisioningReadScopes : provisioningScopes;
    scim.route({
      method,
      url: path,
      bodyLimit,
      onRequest: operations.admission(scopes),
      handler: async (request, reply) => {
        const answer = await handler(await provisionerOf(directory, request), request, reply);
        if (answer === undefined) return reply.code(204).send();
        reply.type(scimMediaType);
        return typeof answer === 'string' ? answer : JSON.stringify(answer);
      },
    });
  };
}

function mountDiscovery(mount: Mount, at: (name: string) => string): void {
  const everything = { startIndex: 1, attributes: undefined, excludedAttributes: [] };
  mount('GET', '/scim/v2/ServiceProviderConfig', async () =>
    serviceProviderConfig(at('ServiceProviderConfig')),
  );
  const lists: Record<string, () => Promise<Fields[]>> = {
    '/scim/v2/ResourceTypes': async () => resourceTypes(at('ResourceTypes')),
    '/scim/v2/Schemas': () => schemas(at('Schemas')),
  };
  for (const [path, find] of Object.entries(lists)) {
    mount('GET', path, async () => {
      const found = await find();
      return listResponse(found, found.length, everything);
    });
    mount('GET', `${path}/:id`, async (_who, { params }) => {
      const found = (await find()).find(({ id }) => id === (params as Params).id);
      if (found === undefined) throw unknownResource();
      return found;
    });
  }
}

async function provisionerOf(directory: Directory, request: FastifyRequest): Promise<Provisioner> {
  const caller = request.caller as Caller;
  const self = await callingMember(directory, caller);
  if (!self.fullAdministrator) {
    throw new ScimError(403, undefined, 'Only a full administrator of the organization may do this.');
  }
  const actor = { userId: caller.userId, tokenId: caller.tokenId, trackingId: request.id };
  return { organizationId: caller.organizationId, actor };
}
