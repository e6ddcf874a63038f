import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { RequestLines, type RequestRecord } from '../../src/platform/request-lines.ts';

const record: RequestRecord = {
  trackingId: 'ROUTERGW_1',
  operation: 'getAudioOptions',
  status: 200,
  durationUs: 734,
  organization: '4c1d7f0e-6a53-4a52-8d0c-0f8a1c3b5e01',
};

const records = fc.record({
  trackingId: fc.stringMatching(/^[!#-&(-~]{1,128}$/),
  operation: fc.constantFrom('getAudioOptions', 'updateAudioOptions', 'none'),
  status: fc.constantFrom(200, 204, 400, 503),
  durationUs: fc.oneof(fc.nat(20_000), fc.nat()),
  organization: fc.option(fc.uuid(), { nil: undefined }),
});

test('every record becomes a line of JSON that tells it, in the order of the requests', () => {
  fc.assert(
    fc.property(fc.array(records, { minLength: 1, maxLength: 40 }), (all) => {
      const written: string[] = [];
      const lines = new RequestLines((text) => written.push(text), 4096);
      for (const one of all) lines.add(one);
      lines.flush();
      const read = written
        .join('')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line));
      assert.deepEqual(
        read.map(({ level: _level, time: _time, ...rest }) => rest),
        all.map(({ durationUs, organization, ...rest }) => ({
          ...rest,
          durationMs: durationUs / 1000,
          ...(organization === undefined ? {} : { organization }),
        })),
      );
    }),
  );
});

test('a line has the level and the time that all lines of the log have', () => {
  const written: string[] = [];
  const lines = new RequestLines((text) => written.push(text), 4096);
  const before = Date.now();
  lines.add(record);
  lines.flush();
  const { level, time } = JSON.parse(written.join(''));
  assert.equal(level, 30);
  assert.ok(time >= before && time <= Date.now());
});

test('what is written at once are whole lines, never more than asked for', () => {
  const written: string[] = [];
  const lines = new RequestLines((text) => written.push(text), 1000);
  for (let count = 0; count < 100; count += 1) lines.add(record);
  lines.flush();
  assert.ok(written.length > 10);
  assert.ok(written.every((text) => text.length <= 1000 && text.endsWith('}\n')));
  assert.equal(written.join('').split('\n').length, 101);
});

test('a lonely line is written without being asked for', async () => {
  const written: string[] = [];
  const lines = new RequestLines((text) => written.push(text), 4096);
  lines.add(record);
  assert.deepEqual(written, []);
  for (let tries = 0; written.length === 0 && tries < 100; tries += 1) await wait(50);
  assert.equal(written.length, 1);
});
