/** How the served description tells of what goes into a request beside its body. */
import type { TSchema } from 'typebox';
import { isRepeatable, type Operation } from './identity/operation.ts';

type Json = Record<string, unknown>;

/** By the names that operations refer to them by. */
export const headerParameters: Readonly<Record<string, Json>> = {
  IfMatch: headerParameter('If-Match', 'Make the change only while this ETag is in force; else 412.'),
  IfNoneMatch: headerParameter('If-None-Match', 'Answer 304 without a body while this ETag is in force.'),
  IdempotencyKey: {
    ...headerParameter(
      'Idempotency-Key',
      'Your name for this request: sent again within 24 hours, it is answered again and not done again.',
    ),
    schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[ -~]+$' },
  },
};

function headerParameter(name: string, description: string): Json {
  return { name, in: 'header', required: false, description, schema: { type: 'string' } };
}

function headerParametersOf(operation: Operation): string[] {
  const { method, hasEtag } = operation;
  return [
    ...(hasEtag === undefined ? [] : [method === 'GET' ? 'IfNoneMatch' : 'IfMatch']),
    ...(isRepeatable(operation) ? ['IdempotencyKey'] : []),
  ];
}

/** By their names in the paths. */
const pathParameters: Readonly<Record<string, Json>> = {
  personId: {
    description: 'Names the person.',
    schema: { type: 'string' },
    example: 'Y2lzY29zcGFyazovL3VzL1BFT1BMRS8yNWJiZjgzMS01YmU5LTRjMjUtYjRiMC05YjU5MmM4YTA4NmI',
  },
  meetingId: {
    description: 'Names the meeting: 32 hexadecimal digits from a telephony link.',
    schema: { type: 'string', pattern: '^[0-9a-f]{32}$' },
    example: '0123456789abcdef0123456789abcdef',
  },
  applicationId: {
    description: 'Names the integration: its id, or its client id.',
    schema: { type: 'string' },
    example: '0f6f3d0e-8a8e-4d0a-9d53-6a5c1c6c4a10',
  },
  tokenId: {
    description: 'Names the token: its id, not the token itself.',
    schema: { type: 'string' },
    example: '5c1d8f0e-2b7a-4a63-9c1e-7d40b3f0a921',
  },
  id: {
    description: 'Names the change: the id of an item of a history.',
    schema: { type: 'string' },
    example: 'audio-2-hTq0pYw3nVbE',
  },
};

/** Of the path, the query and the headers of an operation, in this order. */
export function parametersOf(operation: Operation): Json[] {
  const { path, query } = operation;
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    ...pathParameters[name!],
  }));
  const inQuery = Object.entries(query).map(([name, schema]) => {
    const { description, example, ...rest } = plain(schema);
    const required = !('~optional' in schema);
    return {
      name,
      in: 'query',
      required,
      description,
      schema: rest,
      ...(example === undefined ? {} : { example }),
    };
  });
  const inHeaders = headerParametersOf(operation).map((name) => ({
    $ref: `#/components/parameters/${name}`,
  }));
  return [...inPath, ...inQuery, ...inHeaders];
}

/** The schema without what only TypeBox reads, and with what is said in the description alone. */
export function plain(schema: TSchema): Json {
  return JSON.parse(JSON.stringify(schema), (_name, value) => {
    if (typeof value !== 'object' || value === null || !('x-served' in value)) return value;
    const { 'x-served': served, ...rest } = value;
    return { ...rest, ...served };
  }) as Json;
}
