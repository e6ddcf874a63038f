/** What the audit log tells of integrations, and of what people let them do. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as client from 'openid-client';
import { application, applications } from '../helpers/applications.ts';
import { auditEvents, type Event } from '../helpers/audit.ts';
import { clientOf } from '../helpers/client.ts';
import { addIntegration, discover, obtainTokens } from '../helpers/integrations.ts';
import { demoUserId } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';
import { signedInAs } from '../helpers/visitor.ts';

const server = await startServer();
const request = clientOf(server.url);

/** The events about integrations whose sentence says this, as soon as there are any. */
async function told(words: RegExp): Promise<Event[]> {
  for (const deadline = Date.now() + 5_000; Date.now() < deadline; ) {
    const events = await auditEvents(request, 'admin-all', { eventCategories: 'INTEGRATION' });
    const found = events.filter(({ data }) => words.test(data.actionText));
    if (found.length > 0) return found;
  }
  return assert.fail(`nothing says ${words}`);
}

test('registering, changing and deleting an integration', async () => {
  const body = { ...application, name: 'Audited' };
  const { id } = (await request({ method: 'POST', path: applications, as: 'admin', body })).body;
  const path = `${applications}/${id}`;
  await request({ method: 'PUT', path, as: 'admin', body });
  await request({ method: 'DELETE', path, as: 'admin' });
  for (const words of ['registered', 'changed', 'deleted']) {
    const [event] = await told(new RegExp(`${words} the integration Audited`));
    assert.equal(event.data.actorName, 'Alex Admin');
  }
});

test('what a person let an integration do, and that it ended', async () => {
  const configuration = await discover(server.url, await addIntegration(server.database!, { name: 'Notes' }));
  const browser = await signedInAs(server.url, demoUserId('john.andersen@example.com'));
  const tokens = await obtainTokens(configuration, browser, { scope: 'meeting:preferences_read' });
  const [granted] = await told(
    /John Andersen let the integration Notes act for them: meeting:preferences_read/,
  );
  const renewed = await client.refreshTokenGrant(configuration, tokens.refresh_token!);
  await assert.rejects(client.refreshTokenGrant(configuration, tokens.refresh_token!));
  const [revoked] = await told(/no longer lets the integration Notes act for them/);
  const text = JSON.stringify([granted, revoked]);
  for (const secret of [tokens.access_token, tokens.refresh_token!, renewed.access_token]) {
    assert.ok(!text.includes(secret));
  }
});
