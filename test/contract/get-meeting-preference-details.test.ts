import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  audio,
  onlyOwnServer,
  pathOf,
  room,
  scheduling,
  sectionOf,
  site3,
  video,
} from '../helpers/bodies.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';

const request = clientOf((await startServer()).url);
const sections = ['personalMeetingRoom', 'audio', 'video', 'schedulingOptions'];

test('200 with the five sections and nothing else', async () => {
  const answer = await request({ path: pathOf(''), as: 'brenda' });
  assert.equal(answer.status, 200);
  assert.deepEqual(Object.keys(answer.body), [...sections, 'sites']);
});

test('200 with every section as its own operation answers it', async () => {
  const bodies = { personalMeetingRoom: room, audio, video, schedulingOptions: scheduling };
  for (const [name, body] of Object.entries(bodies)) {
    assert.equal((await sectionOf(request, name, 'john', site3).put(body)).status, 200);
  }
  const { body } = await request({ path: pathOf('', { siteUrl: site3 }), as: 'john' });
  for (const name of sections) {
    assert.deepEqual(body[name], await sectionOf(request, name, 'john', site3).read());
  }
  const { body: list } = await request({ path: pathOf('sites'), as: 'john' });
  assert.deepEqual(body.sites, list.sites);
});

test('200 with what an administrator sees being what the user sees', async () => {
  const own = await request({ path: pathOf('', { siteUrl: site3 }), as: 'john' });
  const path = pathOf('', { userEmail: 'john.andersen@example.com', siteUrl: site3 });
  const seen = await request({ path, as: 'admin-read' });
  assert.equal(seen.status, 200);
  assert.deepEqual(seen.body, own.body);
});

test('200 for somebody who never changed anything, with sections that PUT takes back unchanged', async () => {
  const { body } = await request({ path: pathOf(''), as: 'brenda' });
  for (const name of sections) {
    const section = sectionOf(request, name, 'brenda', 'example.webex.com');
    assert.deepEqual((await section.put(body[name])).body, body[name]);
    assert.deepEqual(await section.read(), body[name]);
  }
});

test('200 with the documented values for John', onlyOwnServer, async () => {
  const { body } = await request({ path: pathOf(''), as: 'john' });
  assert.equal(body.personalMeetingRoom.topic, "John's PMR");
  assert.equal(body.personalMeetingRoom.hostPin, '4325');
  assert.equal(body.audio.audioPin, '1314');
  assert.equal(body.video.videoDevices[1].deviceName, 'device2');
  assert.deepEqual(body.schedulingOptions.delegateEmails, [
    'marcus.hoffmann@example.com',
    'brenda.song@example.com',
  ]);
  assert.equal(body.sites.length, 5);
});

test('400 for a siteUrl or userEmail that is empty, given twice or has control characters', async () => {
  for (const [query, rule] of [
    ['siteUrl=', 'query.text'],
    ['userEmail=%00', 'query.text'],
    ['siteUrl=%20', 'query.text'],
    ['siteUrl=a.example&siteUrl=b.example', 'query.single'],
  ] as const) {
    assertRefused(await request({ path: `${pathOf('')}?${query}`, as: 'john' }), 400, rule);
  }
});

test('404 for a site the user is not on', async () => {
  const path = pathOf('', { siteUrl: 'other-example.webex.com' });
  assertRefused(await request({ path, as: 'john' }), 404, 'subject.site');
});
