/** How the served description tells of answers that are not 2xx (contract section 4). */
import {
  ApiError,
  badHttp,
  bodyTooLarge,
  conflict,
  type ErrorKind,
  errorKinds,
  fault,
  forbidden,
  idempotencyKeyReused,
  internal,
  invalidRequest,
  methodNotAllowed,
  notFound,
  preconditionFailed,
  requestTimeout,
  tokenInvalid,
  tooManyRequests,
  unavailable,
  unsupportedMediaType,
} from './errors.ts';
import { bodyOf } from './platform/refusals.ts';
import { rules } from './rules.ts';

type Json = Record<string, unknown>;

export const trackingIdHeader = {
  description: "Names the request in the server's log: the client's own TrackingID, or one made for it.",
  schema: { type: 'string', minLength: 1, maxLength: 128 },
};

export const errorSchema = {
  type: 'object',
  required: ['message', 'errors', 'trackingId'],
  properties: {
    message: { type: 'string', description: 'What went wrong, in a sentence for people.' },
    errors: {
      type: 'array',
      minItems: 1,
      description: 'Everything that was wrong with the request.',
      items: {
        type: 'object',
        required: ['description'],
        properties: {
          description: { type: 'string', description: 'One thing that is wrong, and what is allowed.' },
          rule: { type: 'string', enum: Object.keys(rules), description: 'The rule that was broken.' },
        },
      },
    },
    trackingId: { type: 'string', description: 'The same as the trackingid header.' },
  },
};

/** Headers that go with some statuses. */
const headersByStatus: Readonly<Record<number, Json>> = {
  401: { 'www-authenticate': header('A challenge as in RFC 6750.') },
  403: { 'www-authenticate': header('The scope that is missing, when it is a scope.') },
  405: { allow: header('The methods that the path answers.') },
  409: {
    'retry-after': { description: 'Seconds to wait, for a key.', schema: { type: 'integer', minimum: 1 } },
  },
  429: { 'retry-after': { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1 } } },
  503: { 'retry-after': { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1 } } },
};

/** What the refusals look like; those of other kinds say when they are given. */
const examples: { readonly [Kind in ErrorKind]?: ApiError } = {
  'invalid-request': invalidRequest(fault('room.host-pin-sequence'), fault('room.enabled-notify-host')),
  unauthorized: tokenInvalid(),
  forbidden: forbidden('subject.own', 'You can only see and change your own preferences.'),
  'not-found': notFound('subject.user', 'There is no user with this address on the site.'),
  'method-not-allowed': methodNotAllowed('DELETE', ['GET', 'PUT', 'PATCH']),
  timeout: requestTimeout(),
  conflict: conflict(),
  'precondition-failed': preconditionFailed(),
  'body-too-large': bodyTooLarge(),
  'url-too-long': badHttp(414),
  'unsupported-media-type': unsupportedMediaType(),
  'idempotency-key-reused': idempotencyKeyReused(),
  'headers-too-large': badHttp(431),
  'too-many-requests': tooManyRequests('request.token-rate', 1_000),
  internal: internal(),
  unavailable: unavailable(),
};

function exampleOf(kind: ErrorKind): unknown {
  const refusal = examples[kind] ?? new ApiError(kind, [{ description: errorKinds[kind].when }]);
  return JSON.parse(bodyOf(refusal, 'ROUTERGW_00000000-0000-4000-8000-000000000000'));
}

/** One response for each kind of refusal, by its status. */
export const errorResponses: Json = Object.fromEntries(
  Object.entries(errorKinds).map(([kind, { status, when }]) => [
    status,
    {
      description: when,
      headers: { trackingid: { $ref: '#/components/headers/TrackingId' }, ...headersByStatus[status] },
      content: {
        'application/json': {
          schema: { $ref: '#/components/schemas/Error' },
          example: exampleOf(kind as ErrorKind),
        },
      },
    },
  ]),
);

function header(description: string): Json {
  return { description, schema: { type: 'string' } };
}
