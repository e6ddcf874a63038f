/** How the audit log is written: with what it tells of or soon after, never changed, and without names in the lines. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Audit } from '../../src/audit/audit.ts';
import { AuditStore, pruneEvents } from '../../src/audit/audit-store.ts';
import {
  type AuditAction,
  auditActions,
  eventOf,
  type GivenEvent,
  sentenceOf,
} from '../../src/audit/events.ts';
import { Directory } from '../../src/directory/store.ts';
import { Conflict, type Database, Unavailable } from '../../src/platform/database.ts';
import type { Log } from '../../src/platform/log.ts';
import { demoUserId } from '../helpers/people.ts';
import { openDatabase, quietLog } from '../helpers/server.ts';

const database = await openDatabase();
const directory = new Directory(database);
const store = new AuditStore(database);
const alex = demoUserId('admin@example.com');
const now = Date.parse('2026-02-03T04:05:06.789Z');

interface Line {
  readonly message: string;
  readonly facts: Readonly<Record<string, string | number>>;
}

/** An audit log on `on`, with the lines it logs and the failures it tells of. */
function auditOn(on: Database, nowMs = now): { audit: Audit; lines: Line[]; failures: unknown[] } {
  const lines: Line[] = [];
  const failures: unknown[] = [];
  const log: Log = {
    ...quietLog,
    note: (message, facts = {}) => void lines.push({ message, facts }),
    failure: (_trackingId, error) => void failures.push(error),
  };
  const audit = new Audit({ database: on, directory: new Directory(on), log, now: () => nowMs });
  return { audit, lines, failures };
}

function given(organizationId: string, more: Partial<GivenEvent> = {}): GivenEvent {
  return {
    organizationId,
    action: 'preferences-read',
    actorId: alex,
    targetType: 'PERSON',
    targetId: demoUserId('john.andersen@example.com'),
    targetName: 'John Andersen',
    siteUrl: 'site.example',
    detail: 'audio',
    trackingId: 'T-1',
    ...more,
  };
}

function eventsOf(organizationId: string, max = 100) {
  const range = { from: '2000-01-01', to: '2100-01-01', actorId: '', categories: [], offset: 0 };
  return store.list({ organizationId, max, ...range });
}

/** A database that does to insertions what `fate` says. */
function databaseWith(fate: (insert: () => Promise<void>) => Promise<void>): Database {
  return new Proxy(database, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (name !== 'insert') return typeof value === 'function' ? value.bind(target) : value;
      return (...args: Parameters<Database['insert']>) => fate(() => target.insert(...args));
    },
  });
}

test('a note is there within a second, with the name of who did it', async () => {
  await directory.member(alex);
  const audit = new Audit({ database, directory, log: quietLog, now: () => now });
  audit.note(given('noted'));
  assert.deepEqual(await eventsOf('noted'), []);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const [event] = await eventsOf('noted');
  assert.deepEqual(
    [event!.actorName, event!.actorEmail, event!.actorRole],
    ['Alex Admin', 'admin@example.com', 'Full_Admin'],
  );
  assert.equal(event!.created, '2026-02-03T04:05:06.789Z');
  assert.equal(sentenceOf(event!), 'Alex Admin read audio of John Andersen on site.example.');
});

test('what is noted before the end is written at the end', async () => {
  const { audit } = auditOn(database);
  for (let count = 0; count < 50; count += 1) audit.note(given('closing', { trackingId: `T-${count}` }));
  await audit.close();
  assert.equal((await eventsOf('closing')).length, 50);
});

test('a change and its row are there together, or neither is', async () => {
  const { audit, lines } = auditOn(database);
  const name = {
    sql: 'insert into database_facts (name, value) values (?, ?)',
    values: ['audited', ''],
    changes: 1,
  };
  const change = (): Promise<void> =>
    audit.recording([given('together')], (rows) => database.write([name, ...rows]));
  await change();
  assert.equal((await eventsOf('together')).length, 1);
  await assert.rejects(change(), Conflict);
  assert.equal((await eventsOf('together')).length, 1);
  assert.equal(lines.length, 1);
});

test('a line says who did what to whom by their ids, and no name or address', async () => {
  const { audit, lines } = auditOn(database);
  audit.note(
    given('line', { actorTokenId: 'K', address: '192.0.2.7', targetName: 'john.andersen@example.com' }),
  );
  const facts = {
    action: 'preferences-read',
    organization: 'line',
    actor: alex,
    token: 'K',
    targetType: 'PERSON',
    target: demoUserId('john.andersen@example.com'),
    site: 'site.example',
    trackingId: 'T-1',
  };
  assert.deepEqual(lines, [{ message: 'Audit', facts }]);
  await audit.close();
});

test('an outage loses no note, and one that was written although nobody heard of it is not written twice', async () => {
  let isDown = true;
  const { audit, failures } = auditOn(
    databaseWith(async (insert) => {
      if (!isDown) return insert();
      if (failures.length === 1) await insert();
      throw new Unavailable('down');
    }),
  );
  audit.note(given('outage'));
  await audit.flush();
  await audit.flush();
  assert.equal(failures.length, 2);
  isDown = false;
  await audit.flush();
  assert.equal((await eventsOf('outage')).length, 1);
  await audit.close();
  assert.equal(failures.length, 2);
});

test('what waits is bounded, and a loss is told', async () => {
  let written = 0;
  const { audit, failures } = auditOn(
    databaseWith(async () => {
      written += 1;
    }),
  );
  for (let count = 0; count < 20_003; count += 1) audit.note(given('storm'));
  assert.equal(failures.length, 3);
  assert.match(String(failures[0]), /lost/);
  await audit.close();
  assert.equal(written, 20_000);
});

test('pruning removes what is older than the limit, a small unit at a time', async () => {
  const days = ['2025-01-01', '2025-01-02', '2025-01-03'];
  for (const day of days) {
    for (let count = 0; count < 70; count += 1)
      await store.add(eventOf(given('old'), `${day}T00:00:00.000Z`));
  }
  const counts: number[] = [];
  for await (const count of pruneEvents(database, '2025-01-03')) counts.push(count);
  assert.deepEqual(counts, [100, 40]);
  const left = await eventsOf('old', 200);
  assert.equal(left.length, 70);
  assert.ok(left.every(({ created }) => created.startsWith('2025-01-03')));
});

test('rows are added, and removed by pruning: nothing else ever touches one', () => {
  const root = join(import.meta.dirname, '../..');
  const statements = globSync('src/**/*.{ts,sql}', { cwd: root }).flatMap((file) =>
    [
      ...readFileSync(join(root, file), 'utf8').matchAll(
        /(update|delete from|drop table|truncate) audit_events/g,
      ),
    ].map(([text]) => `${file}: ${text}`),
  );
  assert.deepEqual(statements, [`${join('src', 'audit', 'audit-store.ts')}: delete from audit_events`]);
  assert.doesNotMatch(readFileSync(join(root, 'src/migrations/0008-audit.sql'), 'utf8'), /references/);
});

test('the sentence of every action says all that it is given', () => {
  for (const action of Object.keys(auditActions) as AuditAction[]) {
    const sentence = sentenceOf(eventOf(given('words', { action, actorName: 'Ann' }), ''));
    assert.doesNotMatch(sentence, /[{}]|undefined/, sentence);
    assert.match(sentence, /^[A-Z].*\.$/);
  }
});
