/** Seals the PINs of documents with the key in force, beside running servers. */
import type { Database, Row, Statement, Value } from '../platform/database.ts';
import { documentResealed } from './sealed-document.ts';
import { checksumOf, type Identity } from './version-table.ts';

const some = `select user_id, site_url, section, revision, document, checksum from preferences
  where section in ('audio', 'personalMeetingRoom') and (user_id, site_url, section, revision) > (?, ?, ?, ?)
  order by user_id, site_url, section, revision limit ?`;
const ofKey = 'user_id = ? and site_url = ? and section = ? and revision = ?';
const update = `update preferences set document = ?, checksum = ? where ${ofKey} and document = ?`;
/** The checksum of a text in clear would tell its PIN to whoever tries all of them: it goes from the next version, too. */
const updateNext = `update preferences set parent = ? where ${ofKey} and parent = ?`;

const versionsPerUnit = 100;

/** A small unit a step; yields how many documents each sealed. Begun again, it passes over what is done. */
export async function* resealDocuments(database: Database): AsyncGenerator<number> {
  let last: readonly Value[] = ['', '', '', -1];
  for (;;) {
    const rows: readonly Row[] = await database.all(some, [...last, versionsPerUnit]);
    const sealed = rows.map((row) => statementsFor(database, row));
    if (sealed.flat().length > 0) await database.write(sealed.flat());
    yield sealed.filter(({ length }) => length > 0).length;
    const end = rows.at(-1);
    if (end === undefined || rows.length < versionsPerUnit) return;
    last = [end.user_id!, end.site_url!, end.section!, Number(end.revision)];
  }
}

function statementsFor({ secrets }: Database, row: Row): Statement[] {
  const identity = [row.user_id, row.site_url, row.section] as unknown as Identity;
  const [revision, before, text] = [Number(row.revision), Number(row.checksum), row.document as string];
  const document = documentResealed(secrets, identity, revision, text);
  if (document === text) return [];
  const after = checksumOf(identity, revision, document);
  const put: Statement = { sql: update, values: [document, after, ...identity, revision, text] };
  if (after === before) return [put];
  return [put, { sql: updateNext, values: [after, ...identity, revision + 1, before] }];
}
