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
  /** What was wrong with the try before. */
  readonly fault?: Fault | undefined;
}

/** The path that every form of sign-in posts to. */
export const signInPath = '/sign-in';

/** The page of development mode: one button for each user. */
export function sendChoices(context: PageContext, choices: readonly Choice[]): FastifyReply {
  const organizations = Map.groupBy(choices, ({ organization }) => organization);
  const body = html`<p class="muted">Development mode: choose whom to sign in as.</p>
${alertOf(context)}
<form method="post" action="${signInPath}">
${hiddenFields(context)}
${[...organizations].map(
  ([name, users]) => html`<h2>${name}</h2>
<ul>
${users.map((user) => html`<li>${choiceOf(user)}</li>\n`)}</ul>
`,
)}
</form>`;
  return sendPage(context.reply, { title: 'Sign in', body }, statusOf(context));
}

function choiceOf({ userId, displayName, email, fullAdministrator, siteAdministrator }: Choice): Html {
  const role = fullAdministrator ? ' · administrator' : siteAdministrator ? ' · site administrator' : '';
  return html`<button class="choice" name="user" value="${userId}"><strong>${displayName}</strong><small>${email}${role}</small></button>`;
}

/** A page for somebody whom the server offers no way to sign in. */
export function sendNoWay(context: PageContext): FastifyReply {
  const body = html`<p>Nobody can sign in with a browser here yet. The administrator of this server can change that.</p>`;
  return sendPage(context.reply, { title: 'Sign in', body }, statusOf(context));
}

export function hiddenFields({ request, reply, guard, returnPath }: PageContext): Html {
  return html`${guard.field(request, reply)}<input type="hidden" name="return" value="${returnPath}">`;
}

export function alertOf({ fault }: PageContext): Html | undefined {
  return fault && html`<p role="alert" data-rule="${fault.rule}">${fault.description}</p>`;
}

function statusOf({ fault }: PageContext): number {
  return fault === undefined ? 200 : 403;
}
