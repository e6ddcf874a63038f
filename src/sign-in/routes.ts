/** Signing in and out with a browser, and who is signed in. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Directory } from '../directory/store.ts';
import { fault, forbidden, notSignedIn } from '../errors.ts';
import type { Database } from '../platform/database.ts';
import { FormGuard, formOf, isFromElsewhere, withForms } from '../platform/forms.ts';
import { html } from '../platform/html.ts';
import { jsonMediaType } from '../platform/http.ts';
import { mountPageStyle, sendPage } from '../platform/page.ts';
import type { PublicUrl } from '../platform/public-url.ts';
import type { LocalAccounts } from './local-accounts.ts';
import { type PageContext, type Refused, sendChoices, sendWays, signInPath } from './pages.ts';
import { choicesOf } from './people-store.ts';
import { returnPathOf } from './return-path.ts';
import { sessionFacts } from './session-facts.ts';
import type { SignInMethod } from './session-store.ts';
import type { Sessions } from './sessions.ts';

export interface SignInParts {
  readonly app: FastifyInstance;
  readonly database: Database;
  readonly directory: Directory;
  readonly sessions: Sessions;
  readonly accounts: LocalAccounts;
  readonly publicUrl: PublicUrl;
  /** Whether everybody may be whom they like. */
  readonly isDevelopment: boolean;
}

const mostChoices = 50;

export function mountSignIn(parts: SignInParts): void {
  const { app, sessions } = parts;
  const guard = new FormGuard(parts.publicUrl);
  mountPageStyle(app);
  withForms(app, (scope) => {
    scope.get(signInPath, (request, reply) => {
      const { return: wanted } = request.query as Record<string, unknown>;
      return showSignIn(parts, { request, reply, guard, returnPath: returnPathOf(wanted) });
    });
    scope.post(signInPath, (request, reply) => {
      const returnPath = returnPathOf(formOf(request).get('return'));
      const context = { request, reply, guard, returnPath };
      if (!guard.isOwn(request)) return showSignIn(parts, context, { fault: fault('sign-in.form') });
      return signIn(parts, context);
    });
    scope.post('/sign-out', async (request, reply) => {
      if (isFromElsewhere(request)) throw forbidden('sign-in.form', fault('sign-in.form').description);
      await sessions.end(request, reply);
      return reply.redirect(signInPath, 303);
    });
  });
  app.get('/session', async (request, reply) => {
    const signedIn = await sessions.of(request);
    const facts = signedIn && (await sessionFacts(parts, signedIn));
    if (facts === undefined) throw notSignedIn();
    reply.removeHeader('access-control-allow-origin').type(jsonMediaType);
    return JSON.stringify(facts);
  });
}

async function showSignIn(
  parts: SignInParts,
  context: PageContext,
  refused?: Refused,
): Promise<FastifyReply> {
  const { isDevelopment, database, accounts } = parts;
  if (isDevelopment) return sendChoices(context, await choicesOf(database, mostChoices), refused);
  return sendWays(context, { password: await accounts.exist(), upstream: undefined }, refused);
}

async function signIn(parts: SignInParts, context: PageContext): Promise<FastifyReply> {
  const form = formOf(context.request);
  if (parts.isDevelopment) {
    const user = await parts.directory.member(form.get('user') ?? '');
    if (user !== undefined) return admit(parts, context, user.id, 'development');
    return showSignIn(parts, context, { fault: fault('sign-in.credentials') });
  }
  const [email = '', password = '', code = ''] = ['email', 'password', 'code'].map(
    (name) => form.get(name) ?? '',
  );
  const outcome = await parts.accounts.signIn({ email, password, code }, context.request.ip);
  if (outcome === 'refused') return showSignIn(parts, context, { fault: fault('sign-in.credentials') });
  if ('userId' in outcome) return admit(parts, context, outcome.userId, outcome.method);
  const { waitSeconds } = outcome;
  const reason = `try again in ${waitSeconds < 60 ? `${waitSeconds} s` : `${Math.ceil(waitSeconds / 60)} min`}`;
  return showSignIn(parts, context, { fault: fault('sign-in.attempts', undefined, reason), waitSeconds });
}

/** Starts a session and sends the browser on. */
export async function admit(
  { sessions }: Pick<SignInParts, 'sessions'>,
  { request, reply, returnPath }: PageContext,
  userId: string,
  method: SignInMethod,
): Promise<FastifyReply> {
  await sessions.start(request, reply, userId, method);
  if (!returnPath.startsWith('/oauth/')) return reply.redirect(returnPath, 303);
  // From there it may go on to an integration without a further click. Browsers stop that as long as it follows from a
  // form, which may lead to us alone: a page of its own ends the chain.
  const body = html`<p><a href="${returnPath}">Continue</a></p>`;
  return sendPage(reply, { title: 'Signed in', body, goOnTo: returnPath });
}
