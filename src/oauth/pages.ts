/** What people see of the authorization server: consent, the codes of devices, and what went wrong. */
import type { Scope } from '../identity/scopes.ts';
import { scopeMeanings } from '../identity/scopes.ts';
import { type Html, html } from '../platform/html.ts';
import type { Page } from '../platform/page.ts';

const openIdMeanings: Readonly<Record<string, string>> = {
  openid: 'Know that it is you.',
  email: 'See your e-mail address.',
  profile: 'See your name.',
};

/** What a scope lets an integration do, in a sentence; undefined for one that is none. */
export function meaningOf(scope: string): string | undefined {
  if (Object.hasOwn(openIdMeanings, scope)) return openIdMeanings[scope];
  return Object.hasOwn(scopeMeanings, scope) ? scopeMeanings[scope as Scope] : undefined;
}

export interface Consent {
  readonly path: string;
  /** The hidden field against forms of other sites. */
  readonly guard: Html;
  readonly integration: string;
  readonly description: string;
  readonly email: string;
  readonly scopes: readonly string[];
  /** Where the user goes afterwards; undefined for a device. */
  readonly destination: string | undefined;
}

/** Asks whether an integration may act for the user: it says which one, and what for, in plain words. */
export function consentPage(consent: Consent): Page {
  const { path, guard, integration, description, email, scopes, destination } = consent;
  const body = html`<p><strong>${integration}</strong> asks to act for you, ${email}.</p>
${description !== '' && html`<p class="muted">${description}</p>`}
<h2>It could</h2>
<ul class="plain">
${scopes.map((scope) => html`<li data-scope="${scope}">${meaningOf(scope)}</li>\n`)}</ul>
<p class="muted">It never gets more than you have yourself. ${
    destination === undefined
      ? 'Allow it only if you have its device before you.'
      : html`Afterwards you go on to ${destination}.`
  }</p>
<form method="post" action="${path}">
${guard}
<button name="decision" value="allow">Allow</button>
<button class="secondary" name="decision" value="deny">Do not allow</button>
</form>`;
  return { title: 'Allow access?', body };
}

/** Somebody of another organization signed in: they can go back, or sign in as somebody else. */
export function strangerPage(path: string, guard: Html, email: string): Page {
  const body = html`<p>You are signed in as ${email}, and this integration is not for your organization.</p>
<p><a href="${signInPath(path)}">Sign in as somebody else</a></p>
<form method="post" action="${path}">
${guard}
<button class="secondary" name="decision" value="deny">Go back</button>
</form>`;
  return { title: 'Not for your organization', body };
}

export function signInPath(returnPath: string): string {
  return `/sign-in?return=${encodeURIComponent(returnPath)}`;
}

/** Ends the chain that began with a form, which browsers would not let lead to another site. */
export function onwardPage(path: string): Page {
  return { title: 'One moment', body: html`<p><a href="${path}">Continue</a></p>`, goOnTo: path };
}

const sentences: Readonly<Record<string, string>> = {
  invalid_client: 'No integration is registered here under the client id of this link.',
  invalid_redirect_uri: 'The integration asks to send you to an address that it is not registered with.',
  server_error: 'Something went wrong on the server. Please try again later.',
  expired:
    'This took too long, was answered already, or began in another browser. Please start again where you came from.',
};

/** What went wrong where there is no integration to send the user back to. */
export function errorPage(code: string, detail: string | undefined): Page {
  const sentence = sentences[code] ?? 'The integration that sent you here made a mistake in its request.';
  const facts = detail === undefined ? code : `${code}: ${detail}`;
  const isOwn = code === 'expired';
  return {
    title: 'That did not work',
    body: html`<p role="alert">${sentence}</p>
${!isOwn && html`<p class="muted">For its developers: ${facts}</p>`}`,
  };
}

export interface UserCodeForm {
  readonly path: string;
  readonly secret: string;
  readonly userCode: string | undefined;
}

/** Asks for the code that a device shows. */
export function userCodePage({ path, secret, userCode }: UserCodeForm, fault: string | undefined): Page {
  const body = html`${fault !== undefined && html`<p role="alert">${fault}</p>`}
<form method="post" action="${path}">
<input type="hidden" name="xsrf" value="${secret}">
<label for="user_code">The code that your device shows</label>
<input id="user_code" name="user_code" value="${userCode ?? ''}" autocomplete="off" autocapitalize="characters" spellcheck="false" required autofocus>
<button>Continue</button>
</form>`;
  return { title: 'Connect a device', body };
}

/** Has the user compare the codes: somebody else may have sent them here (RFC 8628 section 5.4). */
export function userCodeConfirmationPage(
  { path, secret, userCode }: UserCodeForm,
  integration: string,
): Page {
  const body = html`<p>A device asks to use <strong>${integration}</strong> for you. It has to show this very code:</p>
<p class="code">${userCode}</p>
<p class="muted">Go on only if you started this yourself and have the device before you.</p>
<form method="post" action="${path}">
<input type="hidden" name="xsrf" value="${secret}">
<input type="hidden" name="user_code" value="${userCode}">
<input type="hidden" name="confirm" value="yes">
<button>It shows this code</button>
<button class="secondary" name="abort" value="yes">Cancel</button>
</form>`;
  return { title: 'Connect a device', body };
}

export function deviceConnectedPage(integration: string): Page {
  const body = html`<p>Your device goes on with <strong>${integration}</strong>. You can close this page.</p>`;
  return { title: 'Device connected', body };
}
