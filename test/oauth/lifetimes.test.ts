/** What ends by itself, by revocation, and with the user or the integration. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as client from 'openid-client';
import { RecordStore } from '../../src/oauth/record-store.ts';
import { directoryChanged } from '../../src/platform/database.ts';
import { site4 } from '../helpers/bodies.ts';
import { clientOf } from '../helpers/client.ts';
import { addIntegration, discover, obtainTokens, statusIn } from '../helpers/integrations.ts';
import { addUser } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';
import { signedInAs } from '../helpers/visitor.ts';

const server = await startServer({ oauthAccessTokenMinutes: 1 });
const database = server.database!;
const { url } = server;
const userId = await addUser(database, { email: 'uma@example.com', sites: [site4] });

async function counted(table: string): Promise<number> {
  return (await database.get(`select count(*) as total from ${table}`, []))!.total as number;
}

test('revoking an access token ends all tokens of the consent', async () => {
  const configuration = await discover(url, await addIntegration(database));
  const first = await obtainTokens(configuration, await signedInAs(url, userId));
  const second = await client.refreshTokenGrant(configuration, first.refresh_token!);
  await client.tokenRevocation(configuration, second.access_token);
  for (const { access_token: token } of [first, second]) assert.equal(await statusIn(url, token), 401);
  await assert.rejects(client.refreshTokenGrant(configuration, second.refresh_token!), {
    error: 'invalid_grant',
  });
});

test("revoking what is no token, or somebody else's, says nothing", async () => {
  const configuration = await discover(url, await addIntegration(database));
  await client.tokenRevocation(configuration, 'unknown');
});

test('an access token says how long it works, in seconds', async () => {
  const configuration = await discover(url, await addIntegration(database));
  const tokens = await obtainTokens(configuration, await signedInAs(url, userId));
  assert.equal(tokens.expires_in, 60);
});

test('deleting an integration ends everything it was allowed, at once', async () => {
  const { integration, secret } = await addIntegration(database);
  const configuration = await discover(url, { integration, secret });
  const browser = await signedInAs(url, userId);
  const tokens = await obtainTokens(configuration, browser);
  assert.equal(await statusIn(url, tokens.access_token), 200);
  const path = `/v1/applications/${integration.id}`;
  assert.equal((await clientOf(url)({ method: 'DELETE', path, as: 'admin' })).status, 204);
  assert.equal(await statusIn(url, tokens.access_token), 401);
  await assert.rejects(client.refreshTokenGrant(configuration, tokens.refresh_token!), {
    error: 'invalid_client',
  });
  const rows = await database.all('select * from oauth_grants where integration_id = ?', [integration.id]);
  assert.deepEqual(rows, []);
});

test('a user who may not come in any more, or is deleted, takes all of it along', async () => {
  const configuration = await discover(url, await addIntegration(database));
  const email = 'ulf@example.com';
  const id = await addUser(database, { email, sites: [site4] });
  const tokens = await obtainTokens(configuration, await signedInAs(url, id));
  await database.write([{ sql: 'update users set active = 0 where id = ?', values: [id] }, directoryChanged]);
  await assert.rejects(client.refreshTokenGrant(configuration, tokens.refresh_token!), {
    error: 'invalid_grant',
  });
  await database.write([{ sql: 'delete from users where id = ?', values: [id] }, directoryChanged]);
  for (const table of ['tokens', 'oauth_grants', 'oauth_records']) {
    assert.deepEqual(await database.all(`select * from ${table} where user_id = ?`, [id]), [], table);
  }
});

test('what expired is removed, and nothing else', async () => {
  const configuration = await discover(url, await addIntegration(database));
  await obtainTokens(configuration, await signedInAs(url, userId));
  const records = new RecordStore(database, () => {});
  const tables = ['oauth_records', 'tokens', 'oauth_grants'];
  const before = await Promise.all(tables.map(counted));
  await records.removeExpired(new Date().toISOString(), () => false);
  assert.deepEqual(await Promise.all(tables.map(counted)), before);
  const own = await database.all('select id from tokens where integration_id is null', []);
  await records.removeExpired('9999-01-01T00:00:00.000Z', () => true);
  assert.deepEqual(await Promise.all(tables.map(counted)), before);
  await records.removeExpired('9999-01-01T00:00:00.000Z', () => false);
  assert.deepEqual(await Promise.all(tables.map(counted)), [0, own.length, 0]);
});
