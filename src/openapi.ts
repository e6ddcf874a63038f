/** The served description: OpenAPI 3.1, made of the very schemas and rules that judge the requests. */
import type { FastifyInstance } from 'fastify';
import type { TSchema } from 'typebox';
import manifest from '../package.json' with { type: 'json' };
import { alternatives } from './identity/admission.ts';
import { isRepeatable, type Operation } from './identity/operation.ts';
import type { Operations } from './identity/operations.ts';
import { scopeMeanings } from './identity/scopes.ts';
import { errorResponses, errorSchema, trackingIdHeader } from './openapi-errors.ts';
import { headerParameters, parametersOf, plain } from './openapi-parameters.ts';
import { tagOf, tagsOf } from './openapi-tags.ts';
import { jsonMediaType } from './platform/answers.ts';
import { mergePatchMediaType } from './platform/http.ts';
import { statementOf } from './rules.ts';

type Json = Record<string, unknown>;

/** Answers GET /openapi.json; the text is made on the first request and kept. */
export function mountDescription(app: FastifyInstance, operations: Operations): void {
  let text: string | undefined;
  app.get('/openapi.json', async (_request, reply) => {
    text ??= JSON.stringify(describe(operations.mounted));
    reply.type(jsonMediaType);
    return text;
  });
}

/** The description of `operations` as an OpenAPI 3.1 document. */
export function describe(operations: readonly Operation[]): Json {
  const schemas: Json = { Error: errorSchema };
  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}');
    paths[path] ??= {};
    paths[path][operation.method.toLowerCase()] = describeOperation(operation, schemas);
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Anteroom',
      version: manifest.version,
      description: manifest.description,
      license: { name: 'Apache 2.0', identifier: manifest.license },
    },
    servers: [{ url: '/' }],
    tags: tagsOf(operations.map(({ path }) => path)),
    paths,
    components: {
      schemas,
      headers: { TrackingId: trackingIdHeader, ETag: etagHeader },
      parameters: headerParameters,
      responses: errorResponses,
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: `An access token with the scopes that an operation lists.\n\n${scopeList()}`,
        },
        oauth2: {
          type: 'oauth2',
          description: 'How integrations and service accounts obtain an access token.',
          flows: {
            authorizationCode: { authorizationUrl: '/v1/authorize', ...tokenUrls, scopes: scopeMeanings },
            clientCredentials: { tokenUrl: tokenUrls.tokenUrl, scopes: scopeMeanings },
          },
        },
      },
    },
  };
}

const tokenUrls = { tokenUrl: '/v1/access_token', refreshUrl: '/v1/access_token' };

function scopeList(): string {
  return Object.entries(scopeMeanings)
    .map(([scope, meaning]) => `- \`${scope}\`: ${meaning}`)
    .join('\n');
}

const etagHeader = {
  description: 'Names this version of what was answered; another one as soon as anything in it changed.',
  schema: { type: 'string' },
};

const errorsOfAll = [400, 401, 403, 404, 408, 414, 429, 431, 500, 503];
const errorsWithBody = [409, 413, 415];

function errorsOf(operation: Operation): number[] {
  const { method, hasEtag } = operation;
  return [
    ...errorsOfAll,
    ...(method === 'GET' ? [] : errorsWithBody),
    ...(hasEtag !== undefined && method !== 'GET' ? [412] : []),
    ...(isRepeatable(operation) ? [422] : []),
  ];
}

function describeOperation(operation: Operation, schemas: Json): Json {
  const { id, summary, description, scopes, body, answer, rules } = operation;
  const errors = errorsOf(operation);
  return {
    operationId: id,
    tags: [tagOf(operation.path)],
    summary,
    description,
    parameters: parametersOf(operation),
    ...(body === undefined ? {} : { requestBody: requestBodyOf(operation.method, body, schemas) }),
    responses: {
      ...(answer === undefined ? { 204: noContent } : { 200: answerOf(operation, answer, schemas) }),
      ...(operation.hasEtag !== undefined && operation.method === 'GET' ? { 304: notModified } : {}),
      ...Object.fromEntries(errors.map((status) => [status, { $ref: `#/components/responses/${status}` }])),
    },
    security: alternatives(scopes).flatMap((needed) => [{ bearer: needed }, { oauth2: needed }]),
    'x-rules': rules.map((rule) => ({ id: rule, description: statementOf(rule) })),
  };
}

const headers = { trackingid: { $ref: '#/components/headers/TrackingId' } };
const headersWithEtag = { ...headers, etag: { $ref: '#/components/headers/ETag' } };
const noContent = { description: 'Done; there is nothing to tell.', headers };
const notModified = {
  description: 'What `If-None-Match` names is still in force.',
  headers: headersWithEtag,
};

function requestBodyOf(
  method: string,
  { schema, example, isOptional }: NonNullable<Operation['body']>,
  schemas: Json,
): Json {
  const isPatch = method === 'PATCH';
  const name = `${plain(schema).title}${isPatch ? 'Patch' : 'Request'}`;
  const fields = isPatch ? optional(plain(schema)) : plain(schema);
  schemas[name] = { ...nullable(fields), title: name };
  return {
    required: isOptional !== true,
    description: 'Fields that are not listed, and those that are read-only, are ignored.',
    content: {
      [isPatch ? mergePatchMediaType : 'application/json']: {
        schema: { $ref: `#/components/schemas/${name}` },
        example,
      },
    },
  };
}

function answerOf(
  { hasEtag }: Operation,
  { schema, example }: { schema: TSchema; example: unknown },
  schemas: Json,
): Json {
  return {
    description: 'Done; this is what is in force now.',
    headers: hasEtag === undefined ? headers : headersWithEtag,
    content: { 'application/json': { schema: share(plain(schema), schemas), example } },
  };
}

/** Puts every schema with a title under its name into `schemas`, and a reference in its place. */
function share(schema: Json, schemas: Json): Json {
  const shared: Json = { ...schema };
  if (schema.items !== undefined) shared.items = share(schema.items as Json, schemas);
  if (schema.properties !== undefined) {
    const entries = Object.entries(schema.properties as Json).map(([name, inner]) => [
      name,
      share(inner as Json, schemas),
    ]);
    shared.properties = Object.fromEntries(entries);
  }
  if (typeof schema.title !== 'string') return shared;
  schemas[schema.title] = shared;
  return { $ref: `#/components/schemas/${schema.title}` };
}

/** In a patch, every field may be left out; the items of a list are whole. */
function optional(schema: Json): Json {
  if (schema.properties === undefined) return schema;
  const { required: _, ...rest } = schema;
  const entries = Object.entries(schema.properties as Json).map(([name, inner]) => [
    name,
    optional(inner as Json),
  ]);
  return { ...rest, properties: Object.fromEntries(entries) };
}

/** In a request, an optional field may be null, which keeps what is stored. */
function nullable(schema: Json): Json {
  const properties = schema.properties as Record<string, Json> | undefined;
  if (schema.items !== undefined) return { ...schema, items: nullable(schema.items as Json) };
  if (properties === undefined) return schema;
  const required = (schema.required ?? []) as string[];
  const entries = Object.entries(properties).map(([name, property]) => {
    const inner = nullable(property);
    return [name, required.includes(name) ? inner : { ...inner, type: [inner.type, 'null'] }];
  });
  return { ...schema, properties: Object.fromEntries(entries) };
}
