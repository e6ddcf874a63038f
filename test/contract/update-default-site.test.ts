import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertFaults, audio, pathOf, sectionOf, site1, site3, site4 } from '../helpers/bodies.ts';
import { type Answer, assertRefused, clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';

const request = clientOf((await startServer()).url);

function put(body: unknown, query: Record<string, string> = { defaultSite: 'true' }): Promise<Answer> {
  return request({ method: 'PUT', path: pathOf('sites', query), as: 'john', body });
}

async function defaultOf(as: string): Promise<string[]> {
  const { body } = await request({ path: pathOf('sites'), as });
  const defaults = body.sites.filter((site: { default: boolean }) => site.default);
  return defaults.map(({ siteUrl }: { siteUrl: string }) => siteUrl);
}

test('200 with the new default site; there is no other one', async () => {
  for (const siteUrl of [site1, site3, site3, site4]) {
    const answer = await put({ siteUrl });
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.body, { siteUrl, default: true });
    assert.deepEqual(await defaultOf('john'), [siteUrl]);
  }
});

test('200 for a site in another case, answered in the form of the list', async () => {
  await put({ siteUrl: site4 });
  assert.deepEqual((await put({ siteUrl: site1.toUpperCase() })).body, { siteUrl: site1, default: true });
  assert.deepEqual(await defaultOf('john'), [site1]);
});

test('200 and from then on the preferences without a siteUrl are those of the new site', async () => {
  for (const siteUrl of [site1, site3]) {
    const description = `audio of ${siteUrl}`;
    await sectionOf(request, 'audio', 'john', siteUrl).put({
      ...audio,
      otherTeleconferenceDescription: description,
    });
    await put({ siteUrl });
    const { body } = await request({ path: pathOf('audio'), as: 'john' });
    assert.equal(body.otherTeleconferenceDescription, description);
  }
});

test('200 for an administrator changes the default site of the user alone', async () => {
  await put({ siteUrl: site4 });
  const before = await defaultOf('admin');
  const path = pathOf('sites', { defaultSite: 'true', userEmail: 'john.andersen@example.com' });
  const answer = await request({ method: 'PUT', path, as: 'admin', body: { siteUrl: site3 } });
  assert.deepEqual(answer.body, { siteUrl: site3, default: true });
  assert.deepEqual(await defaultOf('john'), [site3]);
  assert.deepEqual(await defaultOf('admin'), before);
});

test('200 ignores siteUrl in the query, and unknown fields', async () => {
  await put({ siteUrl: site4 });
  const answer = await put({ siteUrl: site1, default: false }, { defaultSite: 'true', siteUrl: site3 });
  assert.deepEqual(answer.body, { siteUrl: site1, default: true });
});

test('400 for a site that is not of the user, whether or not there is one', async () => {
  await put({ siteUrl: site4 });
  for (const siteUrl of [
    'other-example.webex.com',
    'nowhere-example.webex.com',
    'https://example.webex.com',
  ]) {
    const answer = await put({ siteUrl });
    assertFaults(answer, ['sites.own-site', 'siteUrl']);
    assert.ok(answer.body.message.includes(siteUrl));
  }
  assert.deepEqual(await defaultOf('john'), [site4]);
});

test('400 without defaultSite, or with a value other than true', async () => {
  await put({ siteUrl: site4 });
  for (const query of [{}, { defaultSite: 'false' }, { defaultSite: '1' }, { defaultSite: '' }]) {
    const answer = await put({ siteUrl: site1 }, query as Record<string, string>);
    assertFaults(answer, ['sites.default-site', 'The query parameter defaultSite']);
  }
  const path = `${pathOf('sites')}?defaultSite=true&defaultSite=true`;
  const twice = await request({ method: 'PUT', path, as: 'john', body: { siteUrl: site1 } });
  assertRefused(twice, 400);
  assert.deepEqual(await defaultOf('john'), [site4]);
});

test('400 without a siteUrl, and lists all faults at once', async () => {
  assertFaults(await put({}), ['body.required-field', 'siteUrl']);
  for (const siteUrl of [null, 5, [site1]])
    assertFaults(await put({ siteUrl }), ['sites.site-url', 'siteUrl']);
  assertFaults(
    await put({ siteUrl: 'nowhere-example.webex.com' }, { defaultSite: 'no' }),
    ['sites.default-site', 'The query parameter defaultSite'],
    ['sites.own-site', 'siteUrl'],
  );
});
