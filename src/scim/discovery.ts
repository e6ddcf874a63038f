/** What this server can do, and what its resources look like (RFC 7643 sections 5 to 7). */

import type { Fields } from '../platform/merge.ts';
import { groupSchema, keptOfGroup } from './group-resource.ts';
import { loadScimmy } from './library.ts';
import { mostPerPage } from './list.ts';
import { keptOfUser, userSchema } from './user-resource.ts';

const coreSchemas = 'urn:ietf:params:scim:schemas:core:2.0';

export function serviceProviderConfig(location: string): Fields {
  const unsupported = { supported: false };
  return {
    schemas: [`${coreSchemas}:ServiceProviderConfig`],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: mostPerPage },
    changePassword: unsupported,
    sort: unsupported,
    etag: unsupported,
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'OAuth Bearer Token',
        description: 'An access token of a full administrator with an identity scope.',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location },
  };
}

export function resourceTypes(base: string): Fields[] {
  const type = (id: string, endpoint: string, schema: string): Fields => ({
    schemas: [`${coreSchemas}:ResourceType`],
    id,
    name: id,
    endpoint,
    schema,
    meta: { resourceType: 'ResourceType', location: `${base}/${id}` },
  });
  return [type('User', '/Users', userSchema), type('Group', '/Groups', groupSchema)];
}

/** The schemas with the attributes that are answered or kept, and no other. */
export async function schemas(base: string): Promise<Fields[]> {
  const { Schemas } = await loadScimmy();
  const described = [
    { schema: Schemas.User, names: [...keptOfUser, 'emails', 'groups'] },
    { schema: Schemas.Group, names: [...keptOfGroup] },
  ];
  return described.map(({ schema, names }) => {
    const { attributes, ...facts } = schema.definition.describe(base) as unknown as Fields & {
      attributes: { name: string }[];
    };
    const known = attributes.filter(({ name }) => (names as string[]).includes(name));
    const schemaOfSchemas = [`${coreSchemas}:Schema`];
    const meta = { resourceType: 'Schema', location: `${base}/${schema.definition.id}` };
    return { ...facts, schemas: schemaOfSchemas, attributes: known, meta };
  });
}
