/** Whom a subject of another issuer stands for here. */
import { keyOf } from '../directory/email.ts';
import { type Database, directoryChanged, type Row, type Statement } from '../platform/database.ts';

export interface JwtUser {
  readonly userId: string;
  readonly organizationId: string;
}

const userColumns = 'select u.id, u.organization_id from users u';

/** The active person with this address, in any case. */
export async function userWithAddress(database: Database, email: string): Promise<JwtUser | undefined> {
  const sql = `${userColumns} where u.email_key = ? and u.active = 1 and u.kind = 'person'`;
  return userFrom(await database.get(sql, [keyOf(email)]));
}

/** The active person that the subject was linked to. */
export async function userOfSubject(
  database: Database,
  issuer: string,
  subject: string,
): Promise<JwtUser | undefined> {
  const sql = `${userColumns} join linked_subjects l on l.user_id = u.id
    where l.issuer = ? and l.subject = ? and u.active = 1 and u.kind = 'person'`;
  return userFrom(await database.get(sql, [issuer, subject]));
}

export interface LinkedSubject {
  readonly issuer: string;
  readonly subject: string;
}

/** The subjects that stand for a user. */
export async function subjectsOf(database: Database, userId: string): Promise<LinkedSubject[]> {
  const sql = 'select issuer, subject from linked_subjects where user_id = ? order by issuer, subject';
  const rows = await database.all(sql, [userId]);
  return rows.map(({ issuer, subject }) => ({ issuer: issuer as string, subject: subject as string }));
}

/** Lets a subject stand for a user, whomever it stood for before. */
export async function linkSubject(
  database: Database,
  userId: string,
  { issuer, subject }: LinkedSubject,
  now: string,
  also: readonly Statement[] = [],
): Promise<void> {
  const sql = `insert into linked_subjects (issuer, subject, user_id, created) values (?, ?, ?, ?)
    on conflict (issuer, subject) do update set user_id = excluded.user_id, created = excluded.created`;
  await database.write([
    { sql, values: [issuer, subject, userId, now], changes: 1 },
    ...also,
    directoryChanged,
  ]);
}

/** Rejects with a Conflict when the subject does not stand for the user. */
export async function unlinkSubject(
  database: Database,
  userId: string,
  { issuer, subject }: LinkedSubject,
  also: readonly Statement[] = [],
): Promise<void> {
  const sql = 'delete from linked_subjects where user_id = ? and issuer = ? and subject = ?';
  await database.write([{ sql, values: [userId, issuer, subject], changes: 1 }, ...also, directoryChanged]);
}

function userFrom(row: Row | undefined): JwtUser | undefined {
  if (row === undefined) return undefined;
  return { userId: row.id as string, organizationId: row.organization_id as string };
}
