/** What people see when they sign in. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Fault } from '../errors.ts';
import type { FormGuard } from '../platform/forms.ts';
import { type Html, html } from '../platform/html.ts';
import { sendPage } from '../platform/page.ts';
import type { Choice } from './people-store.ts';

/** Where a form on a page comes from and leads to. */
export interface PageContext {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly guard: FormGuard;
  readonly returnPath: string;
}

/** What was wrong with the try before. */
export interface Refused {
  readonly fault: Fault;
  /** After so many seconds it makes sense to try again. */
  readonly waitSeconds?: number;
}

/** The ways to sign in that the page of production offers. */
export interface Ways {
  readonly password: boolean;
  /** What another server is called that people sign in with. */
  readonly openid: string | undefined;
}

/** The path that every form of sign-in posts to. */
export const signInPath = '/sign-in';
/** Where signing in with another server begins. */
export const openidPath = '/sign-in/openid';

/** The page of development mode: one button for each user. */
export function sendChoices(
  context: PageContext,
  choices: readonly Choice[],
  refused?: Refused,
): FastifyReply {
  const organizations = Map.groupBy(choices, ({ organization }) => organization);
  const body = html`<p class="muted">Development mode: choose whom to sign in as.</p>
${alertOf(refused)}
<form method="post" action="${signInPath}">
${hiddenFields(context)}
${[...organizations].map(
  ([name, users]) => html`<h2>${name}</h2>
<ul>
${users.map((user) => html`<li>${choiceOf(user)}</li>\n`)}</ul>
`,
)}
</form>`;
  return send(context, body, refused);
}

function choiceOf({ userId, displayName, email, fullAdministrator, siteAdministrator }: Choice): Html {
  const role = fullAdministrator ? ' · administrator' : siteAdministrator ? ' · site administrator' : '';
  return html`<button class="choice" name="user" value="${userId}"><strong>${displayName}</strong><small>${email}${role}</small></button>`;
}

/** The page of production: the ways there are, or that there is none yet. */
export function sendWays(context: PageContext, { password, openid }: Ways, refused?: Refused): FastifyReply {
  const link = `${openidPath}?return=${encodeURIComponent(context.returnPath)}`;
  const isOnly = password ? 'button secondary' : 'button';
  const body = html`${alertOf(refused)}
${password && passwordForm(context)}
${password && openid !== undefined && html`<p class="divider">or</p>`}
${openid !== undefined && html`<a class="${isOnly}" href="${link}">Continue with ${openid}</a>`}
${!password && openid === undefined && html`<p>Nobody can sign in with a browser here yet. The administrator of this server can change that.</p>`}`;
  return send(context, body, refused);
}

function passwordForm(context: PageContext): Html {
  return html`<form method="post" action="${signInPath}">
${hiddenFields(context)}
<label for="email">E-mail address</label>
<input id="email" name="email" type="email" autocomplete="username" required maxlength="254" autofocus>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<label for="code">One-time code</label>
<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="10" aria-describedby="code-hint">
<small id="code-hint">Only if you use an authenticator app here.</small>
<button>Sign in</button>
</form>`;
}

function hiddenFields({ request, reply, guard, returnPath }: PageContext): Html {
  return html`${guard.field(request, reply)}<input type="hidden" name="return" value="${returnPath}">`;
}

function alertOf(refused: Refused | undefined): Html | undefined {
  return refused && html`<p role="alert" data-rule="${refused.fault.rule}">${refused.fault.description}</p>`;
}

/** 403 for what was refused: 401 would ask for an Authorization header. 429 for what was not even looked at. */
function send({ reply }: PageContext, body: Html, refused: Refused | undefined): FastifyReply {
  const { waitSeconds } = refused ?? {};
  if (waitSeconds !== undefined) reply.header('retry-after', String(waitSeconds));
  const status = refused === undefined ? 200 : waitSeconds === undefined ? 403 : 429;
  return sendPage(reply, { title: 'Sign in', body }, status);
}
