/** Service accounts: client credentials, and what a machine may do. */
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import * as client from 'openid-client';
import { demoOrganizations } from '../../src/development/demo.ts';
import { Deletions } from '../../src/directory/deletion-store.ts';
import { machineStatement, membershipStatements, userStatement } from '../../src/directory/registration.ts';
import { type Integration, IntegrationRegistry } from '../../src/oauth/integration-registry.ts';
import { directoryChanged } from '../../src/platform/database.ts';
import { site1, site4 } from '../helpers/bodies.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { demoUrl } from '../helpers/databases.ts';
import { addIntegration, discover, type Registered, tokenRequest } from '../helpers/integrations.ts';
import { openAt } from '../helpers/open.ts';
import { startServer } from '../helpers/server.ts';
import { addTokenCallers, listTokens } from '../helpers/tokens.ts';

const databaseUrl = await demoUrl();
const database = await openAt(databaseUrl);
const outside = await openAt(databaseUrl);
after(async () => {
  for (const each of [database, outside]) await each.close();
});
const { url } = await startServer({ database });
const organizationId = demoOrganizations[0]!.id;

interface Machine {
  readonly fullAdministrator: boolean;
  readonly administers: readonly string[];
  readonly scopes: Integration['scopes'];
}

/** A service account of the organization Example, as the command line makes one. */
async function addMachine({ fullAdministrator, administers, scopes }: Machine): Promise<Registered> {
  const userId = randomUUID();
  const names = { displayName: 'Machine', firstName: 'Machine', lastName: '' };
  const email = `${userId}@service-account.invalid`;
  const now = '2026-01-01T00:00:00.000Z';
  const defaultSiteUrl = administers[0];
  await database.write([
    userStatement({ id: userId, organizationId, email, ...names, fullAdministrator, defaultSiteUrl }, now),
    machineStatement(userId),
    ...administers.flatMap((siteUrl) =>
      membershipStatements({ userId, siteUrl, siteAdministrator: true, roomId: undefined }, {}, randomBytes),
    ),
    directoryChanged,
  ]);
  return addIntegration(database, { kind: 'service', userId, redirectUrls: [], scopes });
}

const administrator = await addMachine({
  fullAdministrator: true,
  administers: [site4],
  scopes: ['meeting:admin_preferences_read', 'meeting:admin_preferences_write'],
});

async function johnsVideo(token: string, siteUrl: string): Promise<number> {
  const query = new URLSearchParams({ userEmail: 'john.andersen@example.com', siteUrl });
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${url}/v1/meetingPreferences/video?${query}`, { headers })).status;
}

test('a machine administers where it was given the role, and nowhere else', async () => {
  const configuration = await discover(url, administrator);
  const tokens = await client.clientCredentialsGrant(configuration);
  assert.deepEqual(Object.keys(tokens).sort(), ['access_token', 'expires_in', 'scope', 'token_type']);
  assert.equal(tokens.scope, 'meeting:admin_preferences_read meeting:admin_preferences_write');
  assert.equal(await johnsVideo(tokens.access_token, site4), 200);
  assert.equal(await johnsVideo(tokens.access_token, site1), 403);
  assert.equal(await johnsVideo(tokens.access_token, 'other-example.webex.com'), 403);
});

test('what a machine obtained is in the list of its organization, and in no other', async () => {
  const machine = await addMachine({
    fullAdministrator: false,
    administers: [site4],
    scopes: ['spark:people_read'],
  });
  await client.clientCredentialsGrant(await discover(url, machine));
  await addTokenCallers(database);
  const kindsFor = async (as: string): Promise<string[]> => {
    const { items } = (await listTokens(clientOf(url), { max: '1000' }, as)).body;
    const theirs = items.filter(({ clientId }: { clientId?: string }) => clientId === machine.integration.id);
    return theirs.map(({ kind }: { kind: string }) => kind);
  };
  assert.deepEqual(await kindsFor('admin-all'), ['service-account']);
  assert.deepEqual(await kindsFor('stranger'), []);
});

test('scopes without a role give nothing', async () => {
  const scopes = ['meeting:admin_preferences_read'] as const;
  const powerless = await addMachine({ fullAdministrator: false, administers: [site4], scopes });
  const { access_token: token } = await client.clientCredentialsGrant(await discover(url, powerless));
  assert.equal(await johnsVideo(token, site4), 403);
});

test('a token may carry less than what was registered, and never more', async () => {
  const configuration = await discover(url, administrator);
  const scope = 'meeting:admin_preferences_read';
  const narrow = await client.clientCredentialsGrant(configuration, { scope });
  assert.equal(narrow.scope, scope);
  await assert.rejects(
    client.clientCredentialsGrant(configuration, { scope: `${scope} meeting:admin_config_write` }),
    { error: 'invalid_scope' },
  );
  await assert.rejects(client.clientCredentialsGrant(configuration, { scope: 'openid' }), {
    error: 'invalid_scope',
  });
});

test('a machine has no other way in, and nobody else has its way', async () => {
  const { integration, secret } = administrator;
  const credentials = { client_id: integration.id, client_secret: secret! };
  const code = { grant_type: 'authorization_code', code: 'x', redirect_uri: 'https://a.example/' };
  assert.equal((await tokenRequest(url, { ...code, ...credentials })).body.error, 'invalid_request');
  const device = await fetch(`${url}/v1/device/authorize`, {
    method: 'POST',
    body: new URLSearchParams(credentials),
  });
  assert.equal(device.status, 400);
  const ordinary = await addIntegration(database);
  const theirs = { client_id: ordinary.integration.id, client_secret: ordinary.secret! };
  const answer = await tokenRequest(url, { grant_type: 'client_credentials', ...theirs });
  assert.equal(answer.body.error, 'invalid_request');
  const bare = await tokenRequest(url, { grant_type: 'client_credentials', client_id: integration.id });
  assert.equal(bare.body.error, 'invalid_client');
});

test('a deleted service account is gone at once', async () => {
  const scopes = ['meeting:admin_preferences_read'] as const;
  const machine = await addMachine({ fullAdministrator: true, administers: [site4], scopes });
  const { access_token: token } = await client.clientCredentialsGrant(await discover(url, machine));
  assert.equal(await johnsVideo(token, site4), 200);
  // As the command line does: a process of its own.
  await new Deletions(outside, async () => []).deleteUser(machine.integration.userId!);
  assert.equal(await johnsVideo(token, site4), 401);
  assert.equal(await new IntegrationRegistry(outside).find(machine.integration.id), undefined);
});

test('a machine is in no list of people, and is no administrator to fall back on', async () => {
  const asAdmin = clientOf(url);
  const { body } = await asAdmin({ path: '/v1/people?max=1000', as: 'admin-all' });
  assert.ok(body.items.length > 0);
  assert.doesNotMatch(JSON.stringify(body), /service-account\.invalid/);
  const [alex] = (await asAdmin({ path: '/v1/people?email=admin@example.com', as: 'admin-all' })).body.items;
  const removal = await asAdmin({ method: 'DELETE', path: `/v1/people/${alex.id}`, as: 'admin-all' });
  assertRefused(removal, 403, 'people.last-administrator');
});
