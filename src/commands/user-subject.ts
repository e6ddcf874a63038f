/** Which subjects of other issuers' JWT access tokens stand for a user. */
import type { Command } from 'commander';
import { linkSubject, subjectsOf, unlinkSubject } from '../identity/jwt-user-store.ts';
import type { Database } from '../platform/database.ts';
import { isIssuer } from '../platform/setting.ts';
import { signInAuditStatement } from './auditing.ts';
import { CommandError, type Io, type OpenDatabase, UsageError } from './io.ts';
import { userNamed } from './lookup.ts';
import { show, withDatabase } from './output.ts';

interface Options {
  readonly issuer: string;
  readonly subject: string;
  readonly remove?: boolean;
  readonly json?: boolean;
}

const longestSubject = 255;

export function addUserSubjectCommands(program: Command, open: OpenDatabase, io: Io): void {
  const user = program.commands.find((command) => command.name() === 'user')!;
  user
    .command('subject')
    .description(
      'Let a subject of an issuer stand for a user: JWT access tokens with it are the user\'s, where the claim "sub" names users.',
    )
    .argument('<email>', "the user's address")
    .requiredOption('--issuer <url>', 'the issuer, as it calls itself')
    .requiredOption('--subject <text>', 'what the issuer calls the user: the claim "sub"')
    .option('--remove', 'let it stand for the user no longer')
    .option('--json', 'print the subjects of the user as JSON')
    .action((email: string, options: Options) =>
      withDatabase(open, (database) => changeSubject(database, email, options, io)),
    );
}

async function changeSubject(database: Database, email: string, options: Options, io: Io): Promise<void> {
  const { issuer, subject, remove, json } = options;
  if (!isIssuer(issuer))
    throw new UsageError(`--issuer must be an https URL without a query, not "${issuer}".`);
  if (subject === '' || subject.length > longestSubject) {
    throw new UsageError(`--subject must have 1 to ${longestSubject} characters.`);
  }
  const { user } = await userNamed(database, email);
  const now = new Date().toISOString();
  const name = `${JSON.stringify(subject)} of ${issuer}`;
  if (remove) {
    const linked = await subjectsOf(database, user.id);
    if (!linked.some((each) => each.issuer === issuer && each.subject === subject)) {
      throw new CommandError(`This subject does not stand for ${user.email}.`);
    }
    const row = signInAuditStatement('subject-unlinked', user, now, name);
    await unlinkSubject(database, user.id, { issuer, subject }, [row]);
  } else {
    const row = signInAuditStatement('subject-linked', user, now, name);
    await linkSubject(database, user.id, { issuer, subject }, now, [row]);
  }
  const subjects = await subjectsOf(database, user.id);
  const text = `${name} stands for ${user.email}${remove ? ' no longer' : ''}.`;
  show(io, json, { email: user.email, subjects }, text);
}
