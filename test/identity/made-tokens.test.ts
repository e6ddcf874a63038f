/** Who makes tokens, beside the tokens of people: browsers, other issuers; and several processes on one database. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { allScopes } from '../../src/identity/scopes.ts';
import { assertRefused, clientOf, type Request } from '../helpers/client.ts';
import { demoUrl } from '../helpers/databases.ts';
import { audience, newKey, startIssuer, tokenOf } from '../helpers/issuer.ts';
import { openAt } from '../helpers/open.ts';
import { demoUserId } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';
import {
  createToken,
  john,
  listTokens,
  newToken,
  revokeToken,
  tokensPath,
  withToken,
} from '../helpers/tokens.ts';
import { signedInAs } from '../helpers/visitor.ts';

const databaseUrl = await demoUrl();
const databases = await Promise.all([openAt(databaseUrl), openAt(databaseUrl)]);
after(async () => {
  for (const database of databases) await database.close();
});
const issuer = await startIssuer([await newKey('one')]);
const trusting = { jwtIssuers: [issuer.url], jwtAudience: audience };
const { url } = await startServer({ database: databases[0]!, ...trusting });
const elsewhere = clientOf((await startServer({ database: databases[1]!, ...trusting })).url);
const request = clientOf(url);
const path = '/v1/meetingPreferences/audio';

async function pageOf(email: string): Promise<(own: Request) => ReturnType<typeof request>> {
  const { cookieHeader: cookie } = await signedInAs(url, demoUserId(email));
  return (own) => request({ ...own, headers: { 'x-anteroom-session': '1', cookie } });
}

test('an administrator at a browser makes one for themselves with every scope, which makes others', async () => {
  const page = await pageOf('admin@example.com');
  const body = { ...newToken, scopes: allScopes };
  const made = await page({ method: 'POST', path: tokensPath, body });
  assert.equal(made.status, 200, made.text);
  assert.deepEqual(made.body.scopes, allScopes);
  const next = await withToken(request, made.body.token, {
    method: 'POST',
    path: tokensPath,
    body: newToken,
  });
  assert.equal(next.status, 200, next.text);
});

test('at a browser, too, nobody gets administrator scopes for others, and only administrators get in', async () => {
  const page = await pageOf('admin@example.com');
  const body = { ...newToken, userEmail: john };
  assert.equal((await page({ method: 'POST', path: tokensPath, body })).status, 200);
  const scopes = ['audit:events_read'];
  const refused = await page({ method: 'POST', path: tokensPath, body: { ...body, scopes } });
  assertRefused(refused, 400, 'tokens.scopes-for-others');
  const siteAdmin = await pageOf('site-admin@example.com');
  assertRefused(
    await siteAdmin({ method: 'POST', path: tokensPath, body: newToken }),
    403,
    'tokens.administrator',
  );
  const host = await pageOf(john);
  assertRefused(await host({ path: tokensPath }), 403, 'token.scope');
});

test('a session is not in the list, and is not revoked by it', async () => {
  const page = await pageOf('admin@example.com');
  const { body } = await page({ method: 'POST', path: tokensPath, body: newToken });
  const events = await request({ path: '/v1/adminAudit/events?eventCategories=TOKENS', as: 'admin-all' });
  const made = events.body.items.find(
    (event: { data: { targetId: string } }) => event.data.targetId === body.id,
  );
  const sessionId = made.data.actorTokenId;
  const { items } = (await listTokens(request, { max: '1000' })).body;
  assert.ok(!items.some(({ id }: { id: string }) => id === sessionId));
  assertRefused(await revokeToken(request, sessionId), 404, 'tokens.known');
});

test('a token of another issuer makes none', async () => {
  const claims = { email: 'admin@example.com', scope: allScopes.join(' ') };
  const token = await tokenOf(issuer, { claims });
  const answer = await withToken(request, token, { method: 'POST', path: tokensPath, body: newToken });
  assertRefused(answer, 403, 'tokens.maker');
});

test('what is made here works there at once; what is revoked here ends there', async () => {
  const { id, token } = (await createToken(request)).body;
  assert.equal((await withToken(elsewhere, token, { path })).status, 200);
  assert.equal((await revokeToken(request, id)).status, 204);
  const deadline = Date.now() + 5_000;
  while ((await withToken(elsewhere, token, { path })).status === 200) {
    assert.ok(Date.now() < deadline, 'still works there');
    await pause(50);
  }
});
