/** How users sign in with a browser: their passwords and one-time codes, and signing them out everywhere. */
import type { Command } from 'commander';
import type { ExistingUser } from '../directory/bulk-registry.ts';
import { type Database, directoryChanged } from '../platform/database.ts';
import { AccountStore } from '../sign-in/account-store.ts';
import { AttemptLimit } from '../sign-in/attempts.ts';
import { authenticatorUri, newSecret } from '../sign-in/one-time-codes.ts';
import { hashPassword, weaknessOf } from '../sign-in/passwords.ts';
import { countSessions, endSessionsStatement } from '../sign-in/session-store.ts';
import { signInAuditStatement } from './auditing.ts';
import { CommandError, type Io, type OpenDatabase, UsageError } from './io.ts';
import { userNamed } from './lookup.ts';
import { counted, show, withDatabase } from './output.ts';

interface Options {
  readonly stdin?: boolean;
  readonly remove?: boolean;
  readonly json?: boolean;
}

export function addUserSignInCommands(program: Command, open: OpenDatabase, io: Io): void {
  const user = program.commands.find((command) => command.name() === 'user')!;
  user
    .command('password')
    .description('Give a user a password to sign in with a browser. It signs all their browsers out.')
    .argument('<email>', 'their address')
    .option('--stdin', 'read the password from standard input, rather than ask for it')
    .option('--remove', 'take their password away instead, with their one-time codes')
    .action((email: string, options: Options) =>
      withDatabase(open, (database) => changePassword(database, email, options, io)),
    );
  user
    .command('totp')
    .description(
      'Have a user sign in with one-time codes beside the password, and print what their authenticator app reads: it is never shown again. It signs all their browsers out.',
    )
    .argument('<email>', 'their address')
    .option('--remove', 'ask for no one-time codes any more')
    .action((email: string, options: Options) =>
      withDatabase(open, (database) => changeCodes(database, email, options, io)),
    );
  user
    .command('sign-out')
    .description('End all sessions of a user, in every browser. Tokens go on working.')
    .argument('<email>', 'their address')
    .option('--json', 'print how many sessions ended as JSON')
    .action((email: string, { json }: Options) =>
      withDatabase(open, async (database) => {
        const { user: found } = await userNamed(database, email);
        const ended = await countSessions(database, found.id);
        const row = signInAuditStatement('signed-out-everywhere', found, new Date().toISOString());
        await database.write([endSessionsStatement(found.id), row, directoryChanged]);
        show(
          io,
          json,
          { email: found.email, ended },
          `Ended ${counted(ended, 'session')} of ${found.email}.`,
        );
      }),
    );
}

async function changePassword(database: Database, email: string, options: Options, io: Io): Promise<void> {
  const { user } = await userNamed(database, email);
  const accounts = new AccountStore(database);
  const now = new Date().toISOString();
  if (options.remove) {
    await accounts.remove(user.id, [signInAuditStatement('password-removed', user, now)]);
    io.out(`${user.email} has no password any more.`);
    return;
  }
  const password = options.stdin ? (await io.readAll()).replace(/\r?\n$/, '') : await askTwice(user, io);
  const { displayName, firstName, lastName } = user;
  const names = [user.email, user.email.split('@')[0]!, displayName, firstName, lastName];
  const weakness = weaknessOf(password, names);
  if (weakness !== undefined) throw new UsageError(`The password must ${weakness}.`);
  const row = signInAuditStatement('password-changed', user, now);
  await accounts.setPassword(user.id, await hashPassword(password), now, [row]);
  await new AttemptLimit(database, Date.now).forgive(user.email);
  io.out(`${user.email} has a new password.`);
}

async function askTwice({ email }: ExistingUser, io: Io): Promise<string> {
  const password = await io.readHidden(`New password of ${email}: `);
  if (password === undefined) {
    throw new UsageError(
      'There is no keyboard here to ask at: give the password to standard input, with --stdin.',
    );
  }
  if ((await io.readHidden('The same once more: ')) === password) return password;
  throw new UsageError('The two differ. Nothing was changed.');
}

async function changeCodes(database: Database, email: string, { remove }: Options, io: Io): Promise<void> {
  const { user } = await userNamed(database, email);
  const accounts = new AccountStore(database);
  const now = new Date().toISOString();
  if ((await accounts.byEmail(user.email)) === undefined) {
    throw new CommandError(
      `${user.email} has no password; one-time codes come beside one. \`anteroom user password\` sets it.`,
    );
  }
  if (remove) {
    const row = signInAuditStatement('second-factor-changed', user, now, 'no one-time codes');
    await accounts.setTotpSecret(user.id, undefined, [row]);
    io.out(`${user.email} signs in without one-time codes.`);
    return;
  }
  const secret = newSecret();
  const row = signInAuditStatement('second-factor-changed', user, now, 'one-time codes');
  await accounts.setTotpSecret(user.id, secret, [row]);
  io.out(await authenticatorUri(secret, user.email));
  io.err('Whoever knows this makes the same codes. An authenticator app takes it as text or as a QR code.');
}
