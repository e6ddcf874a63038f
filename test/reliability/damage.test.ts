/**
 * Bytes flipped among the stored documents: never a wrong answer, and a log line that says where to look. The index that
 * leads to them is not covered: an entry that no longer matches hides a version, which no checksum of a version shows.
 */
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { seedDemo } from '../../src/development/demo.ts';
import { UnusableDatabase } from '../../src/platform/database.ts';
import { migrations } from '../../src/platform/migrations.ts';
import { SqliteDatabase } from '../../src/platform/sqlite.ts';
import { type Person, seedPopulation } from '../helpers/population.ts';
import { temporaryFolder } from '../helpers/process.ts';
import { buildTestApp } from '../helpers/server.ts';

const copies = 100;
const bytesFlipped = 20;
const people = 50;
const changes = 3;
const sections = ['personalMeetingRoom', 'audio', 'video', 'schedulingOptions'];
const folder = temporaryFolder();
const original = join(folder, 'original.db');

/** Answers by person and section, read from the undamaged file. */
type Answers = Map<string, string>;

interface Seen {
  right: number;
  refused: number;
  readonly wrong: string[];
  readonly failures: string[];
}

async function prepare(path: string): Promise<Person[]> {
  const database = new SqliteDatabase({ path, migrations, inPlace: true });
  const now = new Date().toISOString();
  await seedDemo(database, now);
  const everybody = await seedPopulation(database, people, now);
  const app = buildTestApp(database);
  for (let change = 0; change < changes; change += 1) {
    for (const { token } of everybody) {
      const answer = await app.inject({
        method: 'PUT',
        url: '/v1/meetingPreferences/schedulingOptions',
        headers: { authorization: `Bearer ${token}` },
        payload: {
          enabledJoinBeforeHost: true,
          joinBeforeHostMinutes: 5,
          enabledAutoShareRecording: true,
          delegateEmails: [`change${change}@example.com`],
        },
      });
      assert.equal(answer.statusCode, 200);
    }
  }
  await app.close();
  await database.close();
  return everybody;
}

/** Reads everybody's sections; `judge` is told each status and text. */
async function readAll(
  path: string,
  everybody: readonly Person[],
  judge: (key: string, status: number, text: string, failure: string) => void,
): Promise<void> {
  const database = new SqliteDatabase({ path, migrations, inPlace: true });
  let failure = '';
  const log = {
    isJson: true,
    failure: (_trackingId: string, error: unknown) => {
      failure = String(error);
    },
    note: () => {},
    flush: () => {},
  };
  const app = buildTestApp(database, { log });
  for (const { token, id } of everybody) {
    for (const section of sections) {
      failure = '';
      const answer = await app.inject({
        url: `/v1/meetingPreferences/${section}`,
        headers: { authorization: `Bearer ${token}` },
      });
      judge(`${id} ${section}`, answer.statusCode, answer.body, failure);
    }
  }
  await app.close();
  await database.close();
}

/** Where the file keeps the documents. */
function pagesOfPreferences(): { pages: number[]; pageSize: number } {
  const connection = new DatabaseSync(original);
  const rows = connection.prepare("select pageno, pgsize from dbstat where name = 'preferences'").all();
  connection.close();
  return { pages: rows.map(({ pageno }) => Number(pageno)), pageSize: Number(rows[0]!.pgsize) };
}

function damage(path: string, { pages, pageSize }: { pages: number[]; pageSize: number }): void {
  copyFileSync(original, path);
  const bytes = readFileSync(path);
  for (let flip = 0; flip < bytesFlipped; flip += 1) {
    const page = pages[Math.floor(Math.random() * pages.length)]!;
    const offset = (page - 1) * pageSize + Math.floor(Math.random() * pageSize);
    bytes[offset] = bytes[offset]! ^ (1 + Math.floor(Math.random() * 255));
  }
  writeFileSync(path, bytes);
}

test(`${copies} damaged files: the right document, a 500 that names the row, or no start`, async (t) => {
  const everybody = await prepare(original);
  const expected: Answers = new Map();
  await readAll(original, everybody, (key, status, text) => {
    assert.equal(status, 200);
    expected.set(key, text);
  });
  const place = pagesOfPreferences();
  const seen: Seen = { right: 0, refused: 0, wrong: [], failures: [] };
  for (let copy = 0; copy < copies; copy += 1) {
    const path = join(folder, `copy${copy}.db`);
    damage(path, place);
    try {
      await readAll(path, everybody, (key, status, text, failure) => {
        if (status === 200 && text === expected.get(key)) seen.right += 1;
        else if (status === 500) seen.failures.push(`${key}: ${failure}`);
        else seen.wrong.push(`copy ${copy}, ${key}: ${status} ${text}`);
      });
    } catch (error) {
      if (!(error instanceof UnusableDatabase)) throw error;
      seen.refused += 1;
    }
  }
  const { right, refused, wrong, failures } = seen;
  t.diagnostic(
    `${right} right, ${failures.length} refused with 500, ${refused} files not opened, ${wrong.length} wrong`,
  );
  assert.deepEqual(wrong.slice(0, 5), []);
  for (const failure of failures) assert.match(failure, /^(\S+) (\S+): .*\1.*\2/);
  assert.ok(failures.length > 0, 'nothing was damaged');
});

test('a number that nobody wrote is damage, too: a 500 that names the row', async () => {
  const everybody = await prepare(join(folder, 'number.db'));
  const connection = new DatabaseSync(join(folder, 'number.db'));
  connection.exec('update preferences set checksum = 9223372036854775807');
  connection.close();
  const seen: string[] = [];
  await readAll(join(folder, 'number.db'), everybody.slice(0, 1), (key, status, _text, failure) => {
    if (key.endsWith('schedulingOptions')) seen.push(`${status} ${failure}`);
  });
  assert.match(seen.join(), new RegExp(`^500 .*${everybody[0]!.id}.*schedulingOptions`));
});
