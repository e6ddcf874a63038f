/** The rows of the operations on access tokens. */
import { randomUUID } from 'node:crypto';
import { newToken, tokensPath } from '../../helpers/tokens.ts';
import { placeOf, tokenIds } from './facts.ts';
import * as judges from './judges.ts';
import type { Row } from './rows.ts';

export const tokenRows: Readonly<Record<string, Row>> = {
  listAccessTokens: {
    judge: judges.withScopes(['identity:tokens_read'], judges.fullAdministrator),
    targets: ['own'],
    ask: () => ({ path: tokensPath }),
  },
  createAccessToken: {
    judge: judges.withScopes(['identity:tokens_write'], judges.makerOfToken),
    targets: ['own', 'colleague', 'colleague-elsewhere', 'foreign', 'unknown'],
    ask: (caller, target) => {
      const { userEmail } = placeOf(target, caller);
      return { path: tokensPath, body: { ...newToken, ...(userEmail && { userEmail }) } };
    },
  },
  revokeAccessToken: {
    judge: judges.withScopes(['identity:tokens_write'], judges.fullAdministratorOfOne),
    targets: ['own', 'foreign', 'unknown'],
    ask: ({ person: { organization } }, target) => {
      const other = organization === 'Example' ? 'Other' : 'Example';
      const owner = { own: organization, foreign: other }[target as string];
      return { path: `${tokensPath}/${owner === undefined ? randomUUID() : tokenIds[owner]}` };
    },
  },
};
