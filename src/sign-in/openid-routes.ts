/** Signing in with an OpenID Connect provider: to it, and back. */
import { randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { fault } from '../errors.ts';
import { hashOf } from '../identity/tokens.ts';
import { cookieOf, removeCookie, setCookie } from '../platform/cookies.ts';
import type { FormGuard } from '../platform/forms.ts';
import { isSecure } from '../platform/public-url.ts';
import { noteRefusal } from './auditing.ts';
import type { OpenidIdentity } from './openid-provider.ts';
import { OpenidStore, type PendingSignIn } from './openid-store.ts';
import { admit, type Openid, type SignInParts, showSignIn } from './outcomes.ts';
import { openidPath } from './pages.ts';
import { returnPathOf } from './return-path.ts';

const callbackPath = `${openidPath}/callback`;
/** Holds a secret that ties the answer of the provider to the browser that asked. */
const cookie = 'anteroom_openid';
const lifetimeMs = 10 * 60_000;

export function mountOpenid(parts: SignInParts, openid: Openid, guard: FormGuard): void {
  const { app, publicUrl, log, now } = parts;
  const store = new OpenidStore(parts.database);
  const time = (ms: number): string => new Date(ms).toISOString();

  app.get(openidPath, async (request, reply) => {
    const { return: wanted } = request.query as Record<string, unknown>;
    const returnPath = returnPathOf(wanted);
    const begun = await openid.provider.begin(publicUrl() + callbackPath).catch((error: unknown) => {
      log.failure(request.id, error);
    });
    if (begun === undefined) return refuse(request, reply, returnPath);
    const secret = randomBytes(32).toString('base64url');
    const expires = time(now() + lifetimeMs);
    await store.begin(hashOf(secret), { ...begun.checks, returnPath }, expires, time(now()));
    const secure = isSecure(publicUrl);
    setCookie(reply, cookie, secret, { secure, maxAgeSeconds: lifetimeMs / 1000 });
    return reply.redirect(begun.url, 303);
  });

  app.get(callbackPath, async (request, reply) => {
    const secret = cookieOf(request, cookie);
    const pending = secret && (await store.take(hashOf(secret), time(now())));
    removeCookie(reply, cookie, { secure: isSecure(publicUrl) });
    if (!pending) return refuse(request, reply, '/');
    const identity = await identityOf(request, pending);
    if (identity === undefined) return refuse(request, reply, pending.returnPath);
    const userId = await openid.users.userOf(identity);
    const context = { request, reply, guard, returnPath: pending.returnPath };
    if (userId === undefined) {
      noteRefusal(parts, identity.email ?? '', 'no user has the verified address', request);
      return showSignIn(parts, context, { fault: fault('sign-in.known') });
    }
    return admit(parts, context, userId, 'openid-connect');
  });

  /** Undefined for an answer that is no word of the provider on this sign-in. */
  async function identityOf(
    request: FastifyRequest,
    pending: PendingSignIn,
  ): Promise<OpenidIdentity | undefined> {
    try {
      return await openid.provider.finish(new URL(request.url, publicUrl()), pending);
    } catch (error) {
      // Why is for the operator: the browser's user may be the one who tampers.
      log.note('OpenID Connect sign-in refused', { trackingId: request.id, reason: reasonOf(error) });
      noteRefusal(parts, '', 'the OpenID Connect provider did not confirm it', request);
      return undefined;
    }
  }

  function refuse(
    request: FastifyRequest,
    reply: Parameters<typeof removeCookie>[0],
    returnPath: string,
  ): ReturnType<typeof showSignIn> {
    return showSignIn(parts, { request, reply, guard, returnPath }, { fault: fault('sign-in.openid') });
  }
}

/** The kind of the error alone: its words may hold what the provider or the browser sent. */
function reasonOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return [name, code].filter((part) => typeof part === 'string' && /^[\w-]{1,60}$/.test(part)).join(' ');
}
