/** Signing in and out with a browser, and who is signed in. */
import type { FastifyReply } from 'fastify';
import { fault, forbidden, notSignedIn } from '../errors.ts';
import { jsonMediaType } from '../platform/answers.ts';
import { FormGuard, formOf, isFromElsewhere, withForms } from '../platform/forms.ts';
import { mountPageStyle } from '../platform/page.ts';
import { noteRefusal, noteSession } from './auditing.ts';
import { mountOpenid } from './openid-routes.ts';
import { admit, type SignInParts, showSignIn } from './outcomes.ts';
import { type PageContext, signInPath } from './pages.ts';
import { returnPathOf } from './return-path.ts';
import { sessionFacts } from './session-facts.ts';

export function mountSignIn(parts: SignInParts): void {
  const { app, sessions } = parts;
  const guard = new FormGuard(parts.publicUrl);
  mountPageStyle(app);
  if (parts.openid !== undefined) mountOpenid(parts, parts.openid, guard);
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
      const signedIn = await sessions.end(request, reply);
      if (signedIn !== undefined) await noteSession(parts, 'signed-out', signedIn, request);
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

async function signIn(parts: SignInParts, context: PageContext): Promise<FastifyReply> {
  const form = formOf(context.request);
  if (parts.isDevelopment) {
    const user = await parts.directory.member(form.get('user') ?? '');
    if (user?.active) return admit(parts, context, user.id, 'development');
    return showSignIn(parts, context, { fault: fault('sign-in.credentials') });
  }
  const [email = '', password = '', code = ''] = ['email', 'password', 'code'].map(
    (name) => form.get(name) ?? '',
  );
  const outcome = await parts.accounts.signIn({ email, password, code }, context.request.ip);
  if (outcome === 'refused') {
    noteRefusal(parts, email, 'the password or the one-time code was wrong', context.request);
    return showSignIn(parts, context, { fault: fault('sign-in.credentials') });
  }
  if ('userId' in outcome) return admit(parts, context, outcome.userId, outcome.method);
  const { waitSeconds } = outcome;
  const reason = `try again in ${waitSeconds < 60 ? `${waitSeconds} s` : `${Math.ceil(waitSeconds / 60)} min`}`;
  return showSignIn(parts, context, { fault: fault('sign-in.attempts', undefined, reason), waitSeconds });
}
