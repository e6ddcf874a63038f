/** What the audit log says of sign-ins. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Database, Row } from '../../src/platform/database.ts';
import { giveAccount, testPassword as password } from '../helpers/accounts.ts';
import { listenLocally } from '../helpers/local-server.ts';
import { beProvider, clientId, clientSecret } from '../helpers/openid-provider.ts';
import { demoUserId } from '../helpers/people.ts';
import { temporaryFolder } from '../helpers/process.ts';
import { startServer } from '../helpers/server.ts';
import { signedInAs, Visitor } from '../helpers/visitor.ts';

const openidClientSecretFile = join(temporaryFolder(), 'secret');
writeFileSync(openidClientSecretFile, clientSecret);

const email = 'john.andersen@example.com';
const john = demoUserId(email);

/** The first `count` events, once they are written. */
async function eventsOf(database: Database, count: number): Promise<Row[]> {
  const sql = `select action, organization_id, actor_id, actor_name, target_id, target_name, token_id, detail, address
    from audit_events order by created, action`;
  for (let waited = 0; waited < 100; waited += 1) {
    const rows = await database.all(sql, []);
    if (rows.length >= count) return rows;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`there are fewer than ${count} events`);
}

test('who signs in and out is told, with the session and the address', async () => {
  const { url, database } = await startServer();
  const visitor = await signedInAs(url, john);
  await visitor.visit('/sign-out', { method: 'POST' });
  const rows = await eventsOf(database!, 2);
  const session = rows[0]!.token_id;
  const byAction = Object.fromEntries(rows.map((row) => [String(row.action), row]));
  for (const [action, row] of Object.entries(byAction)) {
    assert.deepEqual(
      [row.actor_id, row.target_name, row.address],
      [john, 'John Andersen', '127.0.0.1'],
      action,
    );
    assert.equal(row.token_id, session);
  }
  assert.deepEqual(Object.keys(byAction).sort(), ['signed-in', 'signed-out']);
  assert.match(session as string, /^[\da-f-]{36}$/);
});

test('a refused password is told to the organization of the address; of others nothing typed is kept', async () => {
  const { url, database } = await startServer({ acceptDevelopmentTokens: false });
  await giveAccount(database!, john);
  const visitor = new Visitor(url);
  const page = await visitor.visit('/sign-in');
  const attempt = (fields: Record<string, string>) => visitor.submit(page, '/sign-in', fields);
  await attempt({ email, password: 'hunter2 hunter2' });
  await attempt({ email: password, password: email });
  await attempt({ email, password });
  const rows = await eventsOf(database!, 3);
  const refused = rows.filter(({ action }) => action === 'sign-in-refused');
  assert.deepEqual(refused.map((row) => row.target_id).sort(), ['', john]);
  assert.equal(refused.find((row) => row.target_id === '')!.organization_id, '');
  const text = JSON.stringify(rows);
  for (const typed of [email, password, 'hunter2']) assert.ok(!text.includes(typed), typed);
  assert.ok(rows.some(({ action, detail }) => action === 'signed-in' && detail === 'password'));
});

test('signing in with another server is told, and so is whoever became a user by it', async () => {
  const { server, url: openidIssuer } = await listenLocally();
  const { url, database } = await startServer({
    acceptDevelopmentTokens: false,
    openidIssuer,
    openidClientId: clientId,
    openidClientSecretFile,
    openidCreateOnSite: 'site1-example.webex.com',
  });
  const person = { email: 'new@example.com', email_verified: true, name: 'Nina New' };
  beProvider(server, openidIssuer, `${url}/sign-in/openid/callback`, () => person);
  await new Visitor(url).follow('/sign-in/openid?return=/session');
  await new Visitor(url).visit('/sign-in/openid/callback?code=a');
  const rows = await eventsOf(database!, 2);
  const told = rows.map(({ action, target_name, actor_name }) => [action, actor_name, target_name]);
  assert.deepEqual(told.sort(), [
    ['signed-in', 'Nina New', 'Nina New'],
    ['user-created', 'The OpenID Connect provider', 'Nina New'],
  ]);
});
