import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { giveAccount, testPassword } from '../helpers/accounts.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { listenLocally } from '../helpers/local-server.ts';
import { beProvider, clientId, clientSecret } from '../helpers/openid-provider.ts';
import { demoUserId } from '../helpers/people.ts';
import { temporaryFolder } from '../helpers/process.ts';
import { startServer } from '../helpers/server.ts';
import { hiddenFieldsOf, ruleOn, signedInAs, Visitor } from '../helpers/visitor.ts';

const { url } = await startServer();
const request = clientOf(url);
const openidClientSecretFile = join(temporaryFolder(), 'secret');
writeFileSync(openidClientSecretFile, clientSecret);
const withProvider = {
  acceptDevelopmentTokens: false,
  openidIssuer: 'http://127.0.0.1:1',
  openidClientId: clientId,
  openidClientSecretFile,
};
const john = demoUserId('john.andersen@example.com');
const path = '/v1/meetingPreferences/sites';
const api = { 'x-anteroom-session': '1' };

test('session.signed-in: a page without a session gets a 401 that says so', async () => {
  const browser = await signedInAs(url, john);
  const { cookieHeader: cookie } = browser;
  assert.equal((await request({ path, headers: { ...api, cookie } })).status, 200);
  assert.equal((await request({ path: '/session', headers: { cookie } })).status, 200);
  for (const headers of [
    api,
    { ...api, cookie: 'anteroom_session=short' },
    { ...api, cookie: `anteroom_session=${'A'.repeat(43)}` },
    { ...api, cookie: `${cookie}; anteroom_session=${'A'.repeat(43)}` },
    { ...api, cookie: `anteroom_session=${'A'.repeat(43)}; ${cookie}` },
    { ...api, cookie, 'sec-fetch-site': 'cross-site' },
    { ...api, cookie, 'sec-fetch-site': 'same-site' },
  ]) {
    assertRefused(await request({ path, headers }), 401, 'session.signed-in');
  }
  assertRefused(await request({ path: '/session' }), 401, 'session.signed-in');
});

test('sign-in.form: only a form that this browser got from us is taken', async () => {
  const other = new Visitor(url);
  const stolen = hiddenFieldsOf((await other.visit('/sign-in')).text);
  for (const fields of [{}, { form_token: '' }, { form_token: 'A'.repeat(43) }, stolen]) {
    const browser = new Visitor(url);
    await browser.visit('/sign-in');
    const body = new URLSearchParams({ ...fields, user: john });
    const answer = await browser.visit('/sign-in', { method: 'POST', body });
    assert.deepEqual([answer.status, ruleOn(answer)], [403, 'sign-in.form']);
    assert.equal(browser.cookies.anteroom_session, undefined);
  }
  const browser = new Visitor(url);
  const fields = hiddenFieldsOf((await browser.visit('/sign-in')).text);
  const body = new URLSearchParams({ ...fields, user: john });
  const headers = { 'sec-fetch-site': 'cross-site' };
  assert.equal((await browser.visit('/sign-in', { method: 'POST', body, headers })).status, 403);
  const cookie = (await signedInAs(url, john)).cookieHeader;
  const out = { method: 'POST', path: '/sign-out', headers: { ...headers, cookie } };
  assertRefused(await request(out), 403, 'sign-in.form');
  assert.equal((await request({ path: '/session', headers: { cookie } })).status, 200);
});

test('sign-in.attempts: after some failures an account is left alone for a while, right password or not', async () => {
  const { url: there, database } = await startServer({ acceptDevelopmentTokens: false });
  await giveAccount(database!, john);
  const browser = new Visitor(there);
  const page = await browser.visit('/sign-in');
  const attempt = (password: string) =>
    browser.submit(page, '/sign-in', { email: 'john.andersen@example.com', password });
  for (let failure = 1; failure <= 6; failure += 1) {
    assert.equal((await attempt('wrong')).status, 403, `failure ${failure}`);
  }
  const answer = await attempt(testPassword);
  assert.deepEqual([answer.status, ruleOn(answer)], [429, 'sign-in.attempts']);
  assert.equal(answer.headers.get('retry-after'), '1');
  assert.equal(browser.cookies.anteroom_session, undefined);
});

test('sign-in.credentials: nobody else is signed in', async () => {
  for (const user of ['', 'nobody', 'john.andersen@example.com']) {
    const browser = new Visitor(url);
    const answer = await browser.submit(await browser.visit('/sign-in'), '/sign-in', { user });
    assert.deepEqual([answer.status, ruleOn(answer)], [403, 'sign-in.credentials']);
    assert.equal(browser.cookies.anteroom_session, undefined);
  }
});

test('sign-in.openid: an answer that no browser asked for is refused', async () => {
  const { url: there } = await startServer(withProvider);
  for (const target of ['/sign-in/openid/callback', '/sign-in/openid/callback?code=a&state=b&iss=c']) {
    for (const cookies of [{}, { anteroom_openid: 'A'.repeat(43) }]) {
      const answer = await new Visitor(there, cookies).visit(target);
      assert.deepEqual([answer.status, ruleOn(answer)], [403, 'sign-in.openid']);
    }
  }
});

test('sign-in.known: who has no verified address of a user is nobody here', async () => {
  const { server, url: openidIssuer } = await listenLocally();
  const { url: there } = await startServer({ ...withProvider, openidIssuer });
  let person = { email: 'nobody@example.com', email_verified: true };
  beProvider(server, openidIssuer, `${there}/sign-in/openid/callback`, () => person);
  const refused = await new Visitor(there).follow('/sign-in/openid');
  assert.deepEqual([refused.status, ruleOn(refused)], [403, 'sign-in.known']);
  person = { email: 'john.andersen@example.com', email_verified: true };
  const visitor = new Visitor(there);
  await visitor.follow('/sign-in/openid');
  assert.equal((await visitor.visit('/session')).status, 200);
});
