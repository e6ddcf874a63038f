/** Integrations for tests, and openid-client as the program that uses them. */
import { randomUUID } from 'node:crypto';
import * as client from 'openid-client';
import { demoOrganizations } from '../../src/development/demo.ts';
import type { Scope } from '../../src/identity/scopes.ts';
import { hashOf, newTokenValue } from '../../src/identity/tokens.ts';
import { type Integration, IntegrationRegistry } from '../../src/oauth/integration-registry.ts';
import type { Database } from '../../src/platform/database.ts';
import type { Visit, Visitor } from './visitor.ts';

export const redirectUrl = 'https://notes.example.net/callback';
export const scopes: readonly Scope[] = ['meeting:preferences_read', 'meeting:preferences_write'];

export interface Registered {
  readonly integration: Integration;
  readonly secret: string | undefined;
}

/** Registers an integration of the organization Example; `parts` override what is usual. */
export async function addIntegration(
  database: Database,
  parts: Partial<Integration> & { readonly isPublic?: boolean } = {},
): Promise<Registered> {
  const { isPublic = false, ...rest } = parts;
  const secret = isPublic ? undefined : newTokenValue();
  const integration: Integration = {
    id: randomUUID(),
    organizationId: demoOrganizations[0]!.id,
    kind: 'web',
    name: 'Meeting notes',
    description: 'Writes notes.',
    contactEmail: '',
    secretHash: secret === undefined ? undefined : hashOf(secret),
    redirectUrls: [redirectUrl],
    scopes,
    userId: undefined,
    created: '2026-01-01T00:00:00.000Z',
    createdBy: '',
    ...rest,
  };
  await new IntegrationRegistry(database).create(integration);
  return { integration, secret };
}

/** openid-client, told of the server at `url` by its own discovery. */
export function discover(url: string, { integration, secret }: Registered): Promise<client.Configuration> {
  const authentication = secret === undefined ? client.None() : client.ClientSecretPost(secret);
  return client.discovery(new URL(url), integration.id, undefined, authentication, {
    execute: [client.allowInsecureRequests],
  });
}

export interface Asked {
  readonly url: URL;
  readonly checks: client.AuthorizationCodeGrantChecks;
}

/** The link that an integration sends a user to, and what it remembers for the answer. */
export async function askFor(
  configuration: client.Configuration,
  parameters: Readonly<Record<string, string>> = {},
): Promise<Asked> {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const expectedState = client.randomState();
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUrl,
    scope: scopes.join(' '),
    state: expectedState,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    ...parameters,
  });
  return { url, checks: { pkceCodeVerifier, expectedState } };
}

/** Follows redirects of the server itself, and the pages that lead on at once; ends at a page, or at another site. */
export async function follow(browser: Visitor, start: string): Promise<Visit> {
  let visit = await browser.visit(start);
  for (let hops = 0; hops < 12; hops += 1) {
    const next = visit.location ?? /http-equiv="refresh" content="0;url=([^"]+)"/.exec(visit.text)?.[1];
    if (next === undefined) return visit;
    const target = new URL(next, browser.url);
    if (target.origin !== new URL(browser.url).origin) return visit;
    visit = await browser.visit(target.href);
  }
  throw new Error('it never ends');
}

/** Where the form of a page posts to. */
export function actionOf({ text }: Visit): string {
  return /<form method="post" action="([^"]+)"/.exec(text)![1]!;
}

/** Decides on a page of consent, and goes on until the browser leaves the server or is asked again. */
export async function decide(browser: Visitor, page: Visit, decision: 'allow' | 'deny'): Promise<Visit> {
  const answer = await browser.submit(page, actionOf(page), { decision });
  const next = /http-equiv="refresh" content="0;url=([^"]+)"/.exec(answer.text)?.[1];
  return next === undefined ? answer : follow(browser, next);
}

/** Allows what an integration asks for, and returns the URL that it is told the code by. */
export async function allow(browser: Visitor, { url }: Asked): Promise<URL> {
  const page = await follow(browser, url.href);
  const end = page.location === null ? await decide(browser, page, 'allow') : page;
  if (end.location === null) throw new Error(`no code: ${end.status} ${end.text}`);
  return new URL(end.location);
}

/** The whole way of an integration to its tokens. */
export async function obtainTokens(
  configuration: client.Configuration,
  browser: Visitor,
  parameters: Readonly<Record<string, string>> = {},
): Promise<client.TokenEndpointResponse & client.TokenEndpointResponseHelpers> {
  const asked = await askFor(configuration, parameters);
  return client.authorizationCodeGrant(configuration, await allow(browser, asked), asked.checks);
}

/** What the API answers to a token: reading preferences, or changing them. */
export async function statusIn(
  url: string,
  accessToken: string,
  method: 'GET' | 'PUT' = 'GET',
): Promise<number> {
  const body = method === 'PUT' ? { body: JSON.stringify({ videoDevices: [] }) } : {};
  const { status } = await fetch(`${url}/v1/meetingPreferences/video`, {
    method,
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    ...body,
  });
  return status;
}

/** A code that the user of `browser` allowed. */
export async function codeFor(configuration: client.Configuration, browser: Visitor): Promise<string> {
  return (await allow(browser, await askFor(configuration))).searchParams.get('code')!;
}

/** A form to the token endpoint, as it is. */
export async function tokenRequest(
  url: string,
  fields: Readonly<Record<string, string>>,
  path = '/v1/access_token',
) {
  const response = await fetch(url + path, { method: 'POST', body: new URLSearchParams(fields) });
  // biome-ignore lint/suspicious/noExplicitAny: what a server answers is for the test to judge
  return { status: response.status, headers: response.headers, body: (await response.json()) as any };
}
