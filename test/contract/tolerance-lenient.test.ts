/** What the lenient mode adds for clients that are less exact (contract section 5); value rules hold all the same. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  assertEachRefused,
  assertFaults,
  audio,
  onlyOwnServer,
  pathOf,
  room,
  scheduling,
  sectionOf,
  site1,
  site3,
  site4,
  video,
  without,
} from '../helpers/bodies.ts';
import { type Answer, assertRefused, clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';

const request = clientOf((await startServer({ compatibility: 'lenient' })).url);
const exact = clientOf((await startServer()).url);
const bodies = { personalMeetingRoom: room, audio, video, schedulingOptions: scheduling };
const marcus = 'marcus.hoffmann@example.com';

function send(as: string, name: string, body: unknown, query: Record<string, string> = {}): Promise<Answer> {
  const method = name.includes('/') ? 'POST' : 'PUT';
  return request({ method, path: pathOf(name, query), as, body });
}

test(
  '200 keeps every field that is missing or null; the documented mode refuses',
  onlyOwnServer,
  async () => {
    for (const [name, body] of Object.entries(bodies)) {
      const section = sectionOf(request, name, 'john', site3);
      assert.equal((await section.put(body)).status, 200);
      const before = await section.read();
      for (const [field, value] of Object.entries(body)) {
        assert.deepEqual((await section.put({ [field]: value })).body, before, field);
      }
      if (Object.keys(body).length === 1) continue;
      for (const field of Object.keys(body)) {
        assert.deepEqual((await section.put(without(body, field))).body, before, field);
        assert.deepEqual((await section.put({ ...body, [field]: null })).body, before, field);
      }
      assert.equal((await sectionOf(exact, name, 'john', site3).put({ topic: 'x' })).status, 400);
    }
  },
);

test('200 keeps the missing fields of a telephone number', onlyOwnServer, async () => {
  const section = sectionOf(request, 'audio', 'john', site3);
  await section.put(audio);
  const answer = await section.put({ officeNumber: { number: '1' } });
  assert.deepEqual(answer.body, { ...audio, officeNumber: { ...audio.officeNumber, number: '1' } });
});

test('200 takes "10" and "true" for their values; the documented mode refuses', onlyOwnServer, async () => {
  const options = {
    enabledJoinBeforeHost: 'True',
    joinBeforeHostMinutes: '10',
    enabledAutoShareRecording: 'false',
  };
  const answer = await send('john', 'schedulingOptions', options, { siteUrl: site3 });
  assert.equal(answer.body.enabledJoinBeforeHost, true);
  assert.equal(answer.body.joinBeforeHostMinutes, 10);
  assert.equal(answer.body.enabledAutoShareRecording, false);
  const devices = [{ deviceName: '1', deviceAddress: 'a@example.com', isDefault: 'true' }];
  const { body } = await send('john', 'video', { videoDevices: devices }, { siteUrl: site3 });
  assert.deepEqual(body.videoDevices, [{ ...devices[0], isDefault: true }]);
  const refused = await sectionOf(exact, 'schedulingOptions', 'john', site3).put(options);
  assertFaults(
    refused,
    ['scheduling.join-before-host', 'enabledJoinBeforeHost'],
    ['scheduling.join-before-host-minutes', 'joinBeforeHostMinutes'],
    ['scheduling.auto-share-recording', 'enabledAutoShareRecording'],
  );
});

test('200 takes userEmail, siteUrl and defaultSite from a body', onlyOwnServer, async () => {
  const target = { userEmail: marcus, siteUrl: site1 };
  const before = await sectionOf(request, 'video', 'admin', site1).read();
  assert.equal((await send('admin', 'video', { ...video, ...target })).status, 200);
  assert.deepEqual(await sectionOf(request, 'video', 'marcus', site1).read(), video);
  assert.deepEqual(await sectionOf(request, 'video', 'admin', site1).read(), before);
  const delegates = { emails: ['x@example.com'], ...target };
  assert.equal((await send('admin', 'schedulingOptions/delegateEmails/insert', delegates)).status, 200);
  const options = await sectionOf(request, 'schedulingOptions', 'marcus', site1).read();
  assert.deepEqual(options.delegateEmails, ['x@example.com']);
  for (const defaultSite of [true, 'True']) {
    const answer = await send('admin', 'sites', { siteUrl: site3, userEmail: marcus, defaultSite });
    assert.deepEqual(answer.body, { siteUrl: site3, default: true });
  }
  const { body } = await request({ path: pathOf('audio'), as: 'marcus' });
  assert.deepEqual(body, await sectionOf(request, 'audio', 'marcus', site3).read());
});

test('400 where body and query name two subjects', onlyOwnServer, async () => {
  const more = { userEmail: marcus };
  const answer = await send(
    'admin',
    'video',
    { ...video, ...more },
    { userEmail: 'brenda.song@example.com' },
  );
  assertRefused(answer, 400, 'body.subject');
  assertRefused(await send('admin', 'video', { ...video, siteUrl: 5 }), 400, 'body.subject');
  assertRefused(await send('admin', 'video', { ...video, siteUrl: '' }), 400, 'query.text');
});

test('403 and 404 for a subject in the body as for one in the query', onlyOwnServer, async () => {
  assertRefused(await send('john', 'video', { ...video, userEmail: marcus }), 403, 'subject.own');
  assertRefused(await send('site-admin', 'video', { ...video, userEmail: marcus }), 403, 'subject.own');
  const foreign = { userEmail: 'olga@other.example' };
  assertRefused(await send('admin', 'video', { ...video, ...foreign }), 404, 'subject.user');
  const elsewhere = { siteUrl: 'other-example.webex.com' };
  assertRefused(await send('john', 'video', { ...video, ...elsewhere }), 404, 'subject.site');
  const both = { userEmail: marcus, ...elsewhere };
  assertRefused(await send('admin', 'video', { ...video, ...both }), 403, 'subject.managed-site');
});

test('400 for a body without any known field', onlyOwnServer, async () => {
  for (const name of Object.keys(bodies)) {
    assertRefused(await send('john', name, {}), 400, 'body.known-field');
    assertRefused(await send('john', name, { unknown: 1, sites: [] }), 400, 'body.known-field');
  }
  for (const name of ['insert', 'delete']) {
    const answer = await send('john', `schedulingOptions/delegateEmails/${name}`, {});
    assertFaults(answer, ['body.required-field', 'emails']);
  }
  assert.equal((await send('john', 'sites', {}, { defaultSite: 'true' })).status, 400);
});

test('400 for what breaks a rule of values, and for text that is no number', onlyOwnServer, async () => {
  await assertEachRefused(sectionOf(request, 'schedulingOptions', 'john', site4), scheduling, [
    ...['7', 'ten', '', '0x5', '1e1', ' 5'].map(
      (joinBeforeHostMinutes) =>
        [
          { joinBeforeHostMinutes },
          ['scheduling.join-before-host-minutes', 'joinBeforeHostMinutes'],
        ] as const,
    ),
    ...['yes', '1', '', 1].map(
      (enabledJoinBeforeHost) =>
        [{ enabledJoinBeforeHost }, ['scheduling.join-before-host', 'enabledJoinBeforeHost']] as const,
    ),
  ]);
  const section = sectionOf(request, 'personalMeetingRoom', 'john', site4);
  await section.put({ ...room, supportAnyoneAsCoHost: true });
  assertFaults(await section.put({ allowFirstUserToBeCoHost: 'true' }), [
    'room.co-host-modes',
    'supportAnyoneAsCoHost and allowFirstUserToBeCoHost',
  ]);
});
