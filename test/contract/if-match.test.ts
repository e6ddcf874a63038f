/** If-Match (RFC 9110 section 13.1.1): a change is made only to what the client has seen. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { audio, pathOf, room, scheduling, site1, site3, site4, video } from '../helpers/bodies.ts';
import { type Answer, assertRefused, clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';

const request = clientOf((await startServer()).url);
const as = 'john';

interface Change {
  readonly method: string;
  readonly path: string;
  readonly body: object;
  /** The section whose ETag counts. */
  readonly of: string;
}

const sections = { personalMeetingRoom: room, audio, video, schedulingOptions: scheduling };
const changes: readonly Change[] = [
  ...Object.entries(sections).flatMap(([of, body]) =>
    ['PUT', 'PATCH'].map((method) => ({ method, path: pathOf(of), body, of })),
  ),
  ...['insert', 'delete'].map((verb) => ({
    method: 'POST',
    path: pathOf(`schedulingOptions/delegateEmails/${verb}`),
    body: { emails: ['z@example.com'] },
    of: 'schedulingOptions',
  })),
  { method: 'PUT', path: pathOf('sites', { defaultSite: 'true' }), body: { siteUrl: site1 }, of: 'sites' },
];

function send({ method, path, body }: Change, ifMatch?: string): Promise<Answer> {
  const headers = ifMatch === undefined ? {} : { 'if-match': ifMatch };
  return request({ method, path, as, body, headers: headers as Record<string, string> });
}

const read = (of: string): Promise<Answer> => request({ path: pathOf(of), as });

for (const change of changes) {
  const { method, path, of } = change;

  test(`${method} ${path}: 412 when If-Match names something else, and nothing changes`, async () => {
    const before = await read(of);
    const etag = before.headers.get('etag')!;
    for (const sent of ['"other"', `W/${etag}`, etag.replaceAll('"', ''), '', `"x", W/${etag}`, '"*"']) {
      assertRefused(await send(change, sent), 412, 'request.if-match');
    }
    const after = await read(of);
    assert.equal(after.text, before.text);
    assert.equal(after.headers.get('etag'), etag);
  });

  test(`${method} ${path}: done when If-Match names what is in force, in a list, or is *`, async () => {
    for (const form of [
      (etag: string) => etag,
      (etag: string) => `"other",${etag} , W/"x"`,
      () => '*',
      () => ' * ',
    ]) {
      const etag = (await read(of)).headers.get('etag')!;
      const answer = await send(change, form(etag));
      assert.ok(answer.status === 200 || answer.status === 204, answer.text);
      if (of !== 'sites') assertRefused(await send(change, etag), 412, 'request.if-match');
    }
  });
}

test('faults of the body are told only where If-Match holds', async () => {
  const { headers } = await read('audio');
  const wrong = { method: 'PATCH', path: pathOf('audio'), body: { audioPin: '1' }, of: 'audio' };
  assertRefused(await send(wrong, '"other"'), 412, 'request.if-match');
  assertRefused(await send(wrong, headers.get('etag')!), 400, 'audio.pin');
});

test('the ETag of one section, site or user does not fit another', async () => {
  const elsewhere = await request({ path: pathOf('audio', { siteUrl: site3 }), as });
  const path = pathOf('audio', { siteUrl: site1 });
  const change = { method: 'PUT', path, body: audio, of: 'audio' };
  await send(change);
  const put = { ...change, path: pathOf('audio', { siteUrl: site3 }) };
  const there = await send(put);
  assert.equal(there.status, 200);
  assert.notEqual(there.headers.get('etag'), elsewhere.headers.get('etag'));
  assertRefused(await send(change, there.headers.get('etag')!), 412, 'request.if-match');
});

const clients = 64;

async function race(make: (index: number) => Change, ifMatch?: string): Promise<number[]> {
  const answers = await Promise.all(
    Array.from({ length: clients }, (_, index) => send(make(index), ifMatch)),
  );
  for (const answer of answers.filter(({ status }) => status !== 200)) {
    assertRefused(answer, 412, 'request.if-match');
  }
  return answers.flatMap(({ status }, index) => (status === 200 ? [index] : []));
}

const withTopic = (index: number): Change => ({
  method: index % 2 === 0 ? 'PUT' : 'PATCH',
  path: pathOf('personalMeetingRoom'),
  body: { ...room, topic: `Client ${index}` },
  of: 'personalMeetingRoom',
});

test(`${clients} clients with the same ETag: one wins, and it is the one whose change is there`, async () => {
  for (let round = 0; round < 5; round += 1) {
    const winners = await race(withTopic, (await read('personalMeetingRoom')).headers.get('etag')!);
    assert.equal(winners.length, 1);
    assert.equal((await read('personalMeetingRoom')).body.topic, `Client ${winners[0]}`);
  }
});

test('without If-Match all are done, and one of them was the last', async () => {
  assert.equal((await race(withTopic)).length, clients);
  assert.match((await read('personalMeetingRoom')).body.topic, /^Client \d+$/);
  await send(withTopic(0));
  const { body } = await send(withTopic(1));
  assert.equal(body.topic, 'Client 1');
});

test(`${clients} clients choose another default site with the same ETag: one wins`, async () => {
  const path = pathOf('sites', { defaultSite: 'true' });
  const choose = (siteUrl: string): Change => ({ method: 'PUT', path, body: { siteUrl }, of: 'sites' });
  await send(choose(site4));
  const choices = [site1, site3];
  const etag = (await read('sites')).headers.get('etag')!;
  const winners = await race((index) => choose(choices[index % 2]!), etag);
  assert.equal(winners.length, 1);
  const { body } = await read('sites');
  const [chosen] = body.sites.filter((site: { default: boolean }) => site.default);
  assert.equal(chosen.siteUrl, choices[winners[0]! % 2]);
});
