/** Where an integration waits for a person: signing in, and allowing it to act for them. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Interaction, InteractionResults, Provider } from 'oidc-provider';
import type { Audit } from '../audit/audit.ts';
import type { Directory } from '../directory/store.ts';
import { FormGuard, formOf } from '../platform/forms.ts';
import { sendPage } from '../platform/page.ts';
import type { PublicUrl } from '../platform/public-url.ts';
import type { Sessions, SignedIn } from '../sign-in/sessions.ts';
import { integrationEvent } from './auditing.ts';
import type { AuthorizationServer } from './authorization-server.ts';
import type { Integration, IntegrationRegistry } from './integration-registry.ts';
import { consentPage, errorPage, meaningOf, onwardPage, signInPath, strangerPage } from './pages.ts';

export interface InteractionParts {
  readonly server: AuthorizationServer;
  readonly sessions: Sessions;
  readonly directory: Directory;
  readonly integrations: IntegrationRegistry;
  readonly publicUrl: PublicUrl;
  readonly audit: Audit;
  readonly interactionPath: (uid: string) => string;
}

/** A request of an integration, and the person it waits for. */
interface Waiting {
  readonly provider: Provider;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly interaction: Interaction;
  readonly integration: Integration;
  readonly signedIn: SignedIn;
  readonly email: string;
  readonly path: string;
}

const denial: InteractionResults = {
  error: 'access_denied',
  error_description: 'the user did not allow the access',
};

export class Interactions {
  readonly #parts: InteractionParts;
  readonly #guard: FormGuard;

  constructor(parts: InteractionParts) {
    this.#parts = parts;
    this.#guard = new FormGuard(parts.publicUrl);
  }

  /** The next thing to ask of the person; where there is nothing left to ask, they go on at once. */
  show(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    return this.#with(request, reply, async (waiting) => {
      const { interaction, integration, signedIn, email, path } = waiting;
      const guard = this.#guard.field(request, reply);
      if (signedIn.organizationId !== integration.organizationId) {
        return sendPage(reply, strangerPage(path, guard, email), 403);
      }
      if (interaction.prompt.name === 'login') {
        const ts = Math.floor(signedIn.signedInAt / 1000);
        const login = { accountId: signedIn.userId, ts, remember: false };
        return reply.redirect(await this.#finish(waiting, { login }), 303);
      }
      const { name, description } = integration;
      const { redirect_uri: redirectUri } = interaction.params;
      const destination = typeof redirectUri === 'string' ? destinationOf(redirectUri) : undefined;
      const scopes = scopesOf(interaction);
      return sendPage(
        reply,
        consentPage({ path, guard, integration: name, description, email, scopes, destination }),
      );
    });
  }

  /** What the person decided. */
  decide(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    return this.#with(request, reply, async (waiting) => {
      // A form of another site, or of an older page of ours: asked anew, nothing is decided.
      if (!this.#guard.isOwn(request)) return reply.redirect(waiting.path, 303);
      const { interaction, integration, signedIn } = waiting;
      const mayAllow =
        signedIn.organizationId === integration.organizationId && interaction.prompt.name === 'consent';
      const isAllowed = mayAllow && formOf(request).get('decision') === 'allow';
      const result = isAllowed ? { consent: { grantId: await grant(waiting) } } : denial;
      if (isAllowed) {
        const detail = scopesOf(interaction).join(', ');
        const { userId } = signedIn;
        this.#parts.audit.note(integrationEvent('consent-granted', integration, userId, request, detail));
      }
      return sendPage(reply, onwardPage(await this.#finish(waiting, result)));
    });
  }

  /** Where the browser goes on. */
  async #finish({ provider, request, reply }: Waiting, result: InteractionResults): Promise<string> {
    return provider.interactionResult(request.raw, reply.raw, result, { mergeWithLastSubmission: true });
  }

  /** Finds what the browser is about; sends it elsewhere when that is nothing, or when nobody is signed in. */
  async #with(
    request: FastifyRequest,
    reply: FastifyReply,
    go: (waiting: Waiting) => Promise<FastifyReply>,
  ): Promise<FastifyReply> {
    const { server, sessions, directory, integrations, interactionPath } = this.#parts;
    const provider = await server.provider();
    const { uid } = request.params as { uid: string };
    const path = interactionPath(uid);
    const interaction = await underWay(provider, request, reply);
    const clientId = interaction?.params.client_id;
    const integration = typeof clientId === 'string' ? await integrations.find(clientId) : undefined;
    if (interaction?.uid !== uid || integration === undefined) {
      return sendPage(reply, errorPage('expired', undefined), 400);
    }
    const signedIn = await sessions.of(request);
    const member = signedIn && (await directory.member(signedIn.userId));
    if (signedIn === undefined || member === undefined || !isRecentEnough(interaction, signedIn)) {
      return reply.redirect(signInPath(path), 303);
    }
    const { session } = interaction;
    if (interaction.prompt.name === 'consent' && session?.accountId !== signedIn.userId) {
      return sendPage(reply, errorPage('expired', undefined), 400);
    }
    return go({ provider, request, reply, interaction, integration, signedIn, email: member.email, path });
  }
}

async function underWay(
  provider: Provider,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Interaction | undefined> {
  const { errors } = await import('oidc-provider');
  try {
    return await provider.interactionDetails(request.raw, reply.raw);
  } catch (error) {
    if (error instanceof errors.SessionNotFound) return undefined;
    throw error;
  }
}

/** An integration may insist that the person signs in for it, whoever was signed in when it asked. */
function isRecentEnough({ prompt }: Interaction, { sessionId }: SignedIn): boolean {
  if (prompt.name !== 'login' || prompt.reasons.every((reason) => reason === 'no_session')) return true;
  return prompt.details.signInSession !== sessionId;
}

/** Gives the integration what it asks for, beside what it was given in this browser before. */
async function grant({ provider, interaction, integration, signedIn }: Waiting): Promise<string> {
  const { grantId, prompt } = interaction;
  const before = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  const given = before ?? new provider.Grant({ accountId: signedIn.userId, clientId: integration.id });
  const missing = prompt.details.missingOIDCScope as string[] | undefined;
  if (missing !== undefined) given.addOIDCScope(missing.join(' '));
  return given.save();
}

/** What is asked for, as far as it means anything here. */
function scopesOf({ params }: Interaction): string[] {
  const asked = typeof params.scope === 'string' ? params.scope.split(' ') : [];
  return [...new Set(asked)].filter((scope) => meaningOf(scope) !== undefined);
}

/** The part of a redirect URL that tells a person where they go. */
function destinationOf(redirectUri: string): string {
  const { protocol, host } = new URL(redirectUri);
  return protocol === 'https:' || protocol === 'http:' ? host : `a program on this device (${protocol})`;
}
