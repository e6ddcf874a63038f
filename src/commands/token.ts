import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { allScopes } from '../identity/scopes.ts';
import { type TokenEntry, TokenRegistry } from '../identity/token-registry.ts';
import { newTokenValue } from '../identity/tokens.ts';
import type { Database } from '../platform/database.ts';
import { tokenAuditStatement } from './auditing.ts';
import { CommandError, type Io, type OpenDatabase } from './io.ts';
import { applyEntry, userNamed } from './lookup.ts';
import { addListOptions, askForYes, type ListOptions, show, showList, withDatabase } from './output.ts';
import { expiryOf, scopesHelp, scopesOf } from './token-options.ts';

interface CreateOptions {
  readonly user: string;
  readonly scopes: string;
  readonly name: string;
  readonly expires?: string;
  readonly expiresIn?: string;
  readonly json?: boolean;
}

interface OneOptions {
  readonly yes?: boolean;
  readonly json?: boolean;
}

export function addTokenCommands(program: Command, open: OpenDatabase, io: Io): void {
  const token = program.command('token').description('Create, list, revoke and delete access tokens.');
  token
    .command('create')
    .description('Create an access token for a user, and print it: it is never shown again.')
    .requiredOption('--user <email>', 'whose token it is')
    .requiredOption('--scopes <list>', scopesHelp)
    .option('--name <name>', 'what it is for, for lists', 'made on the command line')
    .option(
      '--expires-in <time>',
      'for how long it works, such as 90m, 12h, 30d or 8w; for ever when left out',
    )
    .option('--expires <time>', 'until when it works, such as 2030-01-31 or 2030-01-31T12:00:00Z')
    .option('--json', 'print the token and its facts as JSON')
    .action((options: CreateOptions) => withDatabase(open, (database) => createToken(database, options, io)));
  const list = token.command('list').description('List the tokens by user, without the tokens themselves.');
  addListOptions(list.option('--user <email>', 'only those of this user')).action(
    (options: ListOptions & { user?: string }) =>
      withDatabase(open, async (database) => {
        const { user, limit, offset } = options;
        const userId = user === undefined ? undefined : (await userNamed(database, user)).user.id;
        const { tokens, total } = await new TokenRegistry(database).list(userId, limit, offset);
        showList(io, options, 'token', { rows: tokens.map(factsOf), total }, shortened);
      }),
  );
  token
    .command('revoke')
    .description('Make a token useless for good; it stays in the list. A running server follows at once.')
    .argument('<id>', 'its id, from the list')
    .option('--json', 'print the token as JSON')
    .action((id: string, { json }: OneOptions) =>
      withDatabase(open, async (database) => {
        const found = await tokenWithId(database, id);
        const now = new Date().toISOString();
        const { user } = await userNamed(database, found.email);
        const row = tokenAuditStatement('token-revoked', user, found, now);
        await new TokenRegistry(database).revoke(id, now, [row]);
        const facts = factsOf(await tokenWithId(database, id));
        show(io, json, facts, `Revoked ${describe(found)}.`);
      }),
    );
  token
    .command('delete')
    .description('Delete a token; to keep a trace of it, revoke it instead.')
    .argument('<id>', 'its id, from the list')
    .option('--yes', 'delete it; without this, only say what would be lost')
    .option('--json', 'print what was deleted as JSON')
    .action((id: string, { yes, json }: OneOptions) =>
      withDatabase(open, async (database) => {
        const found = await tokenWithId(database, id);
        askForYes(yes, describe(found));
        const { user } = await userNamed(database, found.email);
        const row = tokenAuditStatement('token-deleted', user, found, new Date().toISOString());
        await new TokenRegistry(database).delete(id, [row]);
        show(io, json, factsOf(found), `Deleted ${describe(found)}.`);
      }),
    );
}

async function createToken(database: Database, options: CreateOptions, io: Io): Promise<void> {
  const { name, json } = options;
  const scopes = scopesOf(options.scopes);
  const expires = expiryOf(options, Date.now());
  const { user, organization } = await userNamed(database, options.user);
  const value = newTokenValue();
  const id = randomUUID();
  const entry = { id, name, value, scopes, ...(expires === undefined ? {} : { expires }) };
  const { email, displayName } = user;
  await applyEntry(database, { name: organization, users: [{ email, displayName, tokens: [entry] }] });
  show(io, json, { ...factsOf(await tokenWithId(database, id)), value }, value);
  if (!json) io.err(`This is the only time the token is shown. Its id is ${id}.`);
}

async function tokenWithId(database: Database, id: string): Promise<TokenEntry> {
  const found = await new TokenRegistry(database).find(id);
  if (found !== undefined) return found;
  throw new CommandError(
    `There is no token with the id ${JSON.stringify(id)}. \`anteroom token list\` shows all.`,
  );
}

/** Every field is there in every row, so that they make a table. */
function factsOf({ id, email, name, scopes, created, expires, revoked, lastUsed }: TokenEntry) {
  return {
    id,
    user: email,
    name,
    scopes,
    created,
    expires: expires ?? null,
    revoked: revoked ?? null,
    lastUsed: lastUsed ?? null,
  };
}

type Facts = ReturnType<typeof factsOf>;

/** All scopes have the same beginning, and would fill the line. */
function shortened(facts: Facts): object {
  const { scopes } = facts;
  const isAll = scopes.length === allScopes.length;
  return { ...facts, scopes: isAll ? 'all' : scopes.map((scope) => scope.replace('meeting:', '')) };
}

function describe({ name, email }: TokenEntry): string {
  return `the token ${JSON.stringify(name)} of ${email}`;
}
