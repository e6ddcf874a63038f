import type { Operation } from '../identity/operation.ts';
import type { Operations } from '../identity/operations.ts';
import { tokensReadScopes, tokensWriteScopes } from '../identity/scopes.ts';
import { TokenRegistry } from '../identity/token-registry.ts';
import { createdTokenExample, newTokenExample, tokenExample } from './examples.ts';
import { createAccessToken, listAccessTokens, revokeAccessToken, type TokenParts } from './handlers.ts';
import { AccessTokens, CreatedAccessToken, NewAccessToken, tokenParameters } from './schema.ts';
import { TokenStore } from './store.ts';

const allPath = '/v1/admin/tokens';

const list: Operation = {
  id: 'listAccessTokens',
  method: 'GET',
  path: allPath,
  summary: 'List Access Tokens',
  description:
    'The access tokens of the organization, newest first: those made for people, and those that integrations and service accounts obtained. Never the tokens themselves. Sessions of browsers are no tokens.',
  scopes: tokensReadScopes,
  query: tokenParameters,
  answer: { schema: AccessTokens, example: { items: [tokenExample] } },
  rules: [
    'tokens.administrator',
    'tokens.max',
    'tokens.after',
    'tokens.active',
    'query.single',
    'query.text',
  ],
};

const create: Operation = {
  id: 'createAccessToken',
  method: 'POST',
  path: allPath,
  summary: 'Create an Access Token',
  description:
    'Makes a token for a person of the organization. It is told here and never again, as only a hash of it is kept. No token can do more than whoever makes it.',
  scopes: tokensWriteScopes,
  query: {},
  body: { schema: NewAccessToken, example: newTokenExample },
  answer: { schema: CreatedAccessToken, example: createdTokenExample },
  rules: [
    'tokens.administrator',
    'tokens.maker',
    'tokens.person',
    'tokens.person-administered',
    'tokens.scopes-held',
    'tokens.scopes-of-token',
    'tokens.scopes-for-others',
    'tokens.expires',
    'tokens.expires-with-maker',
  ],
  tellsSecret: true,
};

const revoke: Operation = {
  id: 'revokeAccessToken',
  method: 'DELETE',
  path: `${allPath}/:tokenId`,
  summary: 'Revoke an Access Token',
  description:
    'Makes a token useless for good; it stays in the list. One that was revoked before stays as it is.',
  scopes: tokensWriteScopes,
  query: {},
  rules: ['tokens.administrator', 'tokens.known'],
};

interface MountParts extends Omit<TokenParts, 'store' | 'registry'> {
  readonly operations: Operations;
}

export function mountTokens({ operations, ...given }: MountParts): void {
  const { database } = given;
  const parts: TokenParts = {
    ...given,
    store: new TokenStore(database),
    registry: new TokenRegistry(database),
  };
  operations.mount(list, (call) => listAccessTokens(parts, call));
  operations.mount(create, (call) => createAccessToken(parts, call));
  operations.mount(revoke, (call) => revokeAccessToken(parts, call));
}
