/** What a try to sign in ends in: a session, or the page with what was wrong. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Audit } from '../audit/audit.ts';
import type { Directory } from '../directory/store.ts';
import type { Database } from '../platform/database.ts';
import { html } from '../platform/html.ts';
import type { Log } from '../platform/log.ts';
import { sendPage } from '../platform/page.ts';
import type { PublicUrl } from '../platform/public-url.ts';
import { noteSession } from './auditing.ts';
import type { LocalAccounts } from './local-accounts.ts';
import type { OpenidProvider } from './openid-provider.ts';
import type { OpenidUsers } from './openid-users.ts';
import { type PageContext, type Refused, sendChoices, sendWays } from './pages.ts';
import { choicesOf } from './people-store.ts';
import type { SignInMethod } from './session-store.ts';
import type { Sessions } from './sessions.ts';

export interface SignInParts {
  readonly app: FastifyInstance;
  readonly database: Database;
  readonly directory: Directory;
  readonly log: Log;
  readonly audit: Audit;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sessions: Sessions;
  readonly accounts: LocalAccounts;
  /** The other server that people sign in with, if there is one. */
  readonly openid: Openid | undefined;
  readonly publicUrl: PublicUrl;
  /** Whether everybody may be whom they like. */
  readonly isDevelopment: boolean;
}

export interface Openid {
  readonly provider: OpenidProvider;
  readonly users: OpenidUsers;
  /** What its button calls it. */
  readonly label: string;
}

const mostChoices = 50;

/** Sends the page with the ways to sign in. */
export async function showSignIn(
  parts: SignInParts,
  context: PageContext,
  refused?: Refused,
): Promise<FastifyReply> {
  const { isDevelopment, database, accounts, openid } = parts;
  if (isDevelopment) return sendChoices(context, await choicesOf(database, mostChoices), refused);
  return sendWays(context, { password: await accounts.exist(), openid: openid?.label }, refused);
}

/** Starts a session and sends the browser on. */
export async function admit(
  parts: Pick<SignInParts, 'sessions' | 'audit' | 'directory'>,
  { request, reply, returnPath }: PageContext,
  userId: string,
  method: SignInMethod,
): Promise<FastifyReply> {
  const { sessionId } = await parts.sessions.start(request, reply, userId, method);
  await noteSession(parts, 'signed-in', { sessionId, userId, method }, request);
  if (!returnPath.startsWith('/oauth/')) return reply.redirect(returnPath, 303);
  // From there it may go on to an integration without a further click. Browsers stop that as long as it follows from a
  // form, which may lead to us alone: a page of its own ends the chain.
  const body = html`<p><a href="${returnPath}">Continue</a></p>`;
  return sendPage(reply, { title: 'Signed in', body, goOnTo: returnPath });
}
