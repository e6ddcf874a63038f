import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { hashOf, newTokenValue } from '../identity/tokens.ts';
import { redirectUrlFaults } from '../oauth/applications/rules.ts';
import {
  type Integration,
  type IntegrationKind,
  IntegrationRegistry,
} from '../oauth/integration-registry.ts';
import type { Database } from '../platform/database.ts';
import { integrationStatement } from './auditing.ts';
import { CommandError, type Io, type OpenDatabase, UsageError } from './io.ts';
import { deletionsIn, organizationIdNamed, organizationNamed } from './lookup.ts';
import {
  addListOptions,
  askForYes,
  collect,
  type ListOptions,
  show,
  showList,
  withDatabase,
} from './output.ts';
import { scopesHelp, scopesOf } from './token-options.ts';

interface CreateOptions {
  readonly organization?: string;
  readonly name: string;
  readonly description: string;
  readonly contactEmail: string;
  readonly redirectUrl?: string[];
  readonly scopes: string;
  readonly native?: boolean;
  readonly public?: boolean;
  readonly json?: boolean;
}

export function addIntegrationCommands(program: Command, open: OpenDatabase, io: Io): void {
  const integration = program
    .command('integration')
    .description('Register, list and delete integrations: programs that users let act for them.');
  integration
    .command('create')
    .description('Register an integration, and print its client secret: it is never shown again.')
    .requiredOption('--name <name>', 'its name, as users see it when they are asked')
    .requiredOption('--scopes <list>', scopesHelp)
    .option('--organization <name>', 'whose users it may ask; the only organization when left out')
    .option('--redirect-url <url>', 'where users may be sent back to; may be given several times', collect)
    .option('--description <text>', 'what it is for, as users see it', '')
    .option('--contact-email <email>', 'whom to ask about it', '')
    .option('--native', "it runs on the user's own machine: it has no secret, and loopback ports of its own")
    .option('--public', 'it cannot keep a secret, such as a page in a browser')
    .option('--json', 'print the integration and its secret as JSON')
    .action((options: CreateOptions) =>
      withDatabase(open, (database) => createIntegration(database, options, io)),
    );
  addListAndDelete(integration, 'integration', ['web', 'native'], open, io);
}

async function createIntegration(database: Database, options: CreateOptions, io: Io): Promise<void> {
  const { name, description, contactEmail, redirectUrl: redirectUrls = [], native, json } = options;
  const kind = native === true ? 'native' : 'web';
  const faults = redirectUrlFaults(redirectUrls, kind);
  if (faults.length > 0) throw new UsageError(faults.map((fault) => fault.description).join('\n'));
  const secret = kind === 'native' || options.public === true ? undefined : newTokenValue();
  const integration: Integration = {
    id: randomUUID(),
    organizationId: (await organizationNamed(database, options.organization)).id,
    kind,
    name,
    description,
    contactEmail,
    secretHash: secret === undefined ? undefined : hashOf(secret),
    redirectUrls,
    scopes: scopesOf(options.scopes),
    userId: undefined,
    created: new Date().toISOString(),
    createdBy: '',
  };
  const row = integrationStatement('integration-created', integration, integration.created);
  await new IntegrationRegistry(database).create(integration, [row]);
  showCredentials(io, json, integration, secret);
}

/** What the program needs to know, with the secret alone on the standard output of a person. */
export function showCredentials(
  io: Io,
  json: boolean | undefined,
  integration: Integration,
  secret: string | undefined,
): void {
  const facts = { ...factsOf(integration), clientSecret: secret ?? null };
  const lines = [`Client id      ${integration.id}`, `Client secret  ${secret ?? 'none'}`];
  show(io, json, facts, lines.join('\n'));
  if (!json && secret !== undefined) io.err('This is the only time the secret is shown.');
}

/** The commands that integrations and service accounts have in common; `name` is the name of one. */
export function addListAndDelete(
  group: Command,
  name: string,
  kinds: readonly [IntegrationKind, IntegrationKind],
  open: OpenDatabase,
  io: Io,
): void {
  const title = name.replace('-', ' ');
  const list = group.command('list').description(`List the ${title}s in the order of their making.`);
  addListOptions(list.option('--organization <name>', 'only those of this organization')).action(
    (options: ListOptions & { organization?: string }) =>
      withDatabase(open, async (database) => {
        const { organization, limit, offset } = options;
        const id = await organizationIdNamed(database, organization);
        const page = await new IntegrationRegistry(database).list(id, kinds, limit, offset);
        showList(io, options, title, { ...page, rows: page.rows.map(factsOf) });
      }),
  );
  group
    .command('delete')
    .description(`Delete the ${title}. Its tokens stop working at once, in a running server as well.`)
    .argument('<id>', 'its client id, from the list')
    .option('--yes', 'delete it; without this, only say what would be lost')
    .option('--json', 'print what was deleted as JSON')
    .action((id: string, { yes, json }: { yes?: boolean; json?: boolean }) =>
      withDatabase(open, async (database) => {
        const registry = new IntegrationRegistry(database);
        const found = await registry.find(id);
        if (found === undefined || !kinds.includes(found.kind)) {
          throw new CommandError(
            `There is no ${title} with the client id ${JSON.stringify(id)}. \`anteroom ${name} list\` shows all.`,
          );
        }
        const described = `the ${title} ${JSON.stringify(found.name)}`;
        askForYes(yes, `${described} with all its tokens`);
        const row = integrationStatement('integration-deleted', found, new Date().toISOString());
        if (found.userId === undefined) await registry.delete(found, [row]);
        else await deletionsIn(database).deleteUser(found.userId, undefined, [row]);
        show(io, json, factsOf(found), `Deleted ${described}.`);
      }),
    );
}

function factsOf({ id, kind, name, redirectUrls, scopes, secretHash, created }: Integration) {
  return { clientId: id, kind, name, redirectUrls, scopes, hasSecret: secretHash !== undefined, created };
}
