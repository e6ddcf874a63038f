import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onlyOwnServer, pathOf, scheduling, sectionOf, site1, site3 } from '../helpers/bodies.ts';
import { clientOf } from '../helpers/client.ts';
import { addPerson, addSite } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';

const server = await startServer();
const request = clientOf(server.url);

test('200 with what was put, on this site alone', async () => {
  const section = sectionOf(request, 'schedulingOptions', 'john', site3);
  const elsewhere = sectionOf(request, 'schedulingOptions', 'john', site1);
  const before = await elsewhere.read();
  await section.put(scheduling);
  assert.deepEqual(await section.read(), scheduling);
  assert.deepEqual(await elsewhere.read(), before);
});

test('200 with valid defaults for somebody who never changed anything; PUT takes them as they are', async () => {
  const section = sectionOf(request, 'schedulingOptions', 'brenda', site3);
  const initial = await section.read();
  assert.deepEqual(Object.keys(initial).sort(), Object.keys(scheduling).sort());
  assert.deepEqual(initial.delegateEmails, []);
  assert.deepEqual((await section.put(initial)).body, initial);
  assert.deepEqual(await section.read(), initial);
});

test('200 with joining before the host kept where the site gives it no effect', onlyOwnServer, async () => {
  const siteUrl = 'strict-example.webex.com';
  await addSite(server.database!, siteUrl, { joinBeforeHost: false });
  await addPerson(server.database!, 'strict', { sites: [siteUrl] });
  const section = sectionOf(request, 'schedulingOptions', 'strict', siteUrl);
  assert.equal((await section.put(scheduling)).status, 200);
  assert.deepEqual(await section.read(), scheduling);
});

test('200 with the documented delegates for John', onlyOwnServer, async () => {
  const { body } = await request({ path: pathOf('schedulingOptions'), as: 'john' });
  assert.deepEqual(body.delegateEmails, ['marcus.hoffmann@example.com', 'brenda.song@example.com']);
});
