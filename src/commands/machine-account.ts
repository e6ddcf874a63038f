import { randomBytes, randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { keyOf } from '../directory/email.ts';
import {
  machineEmailOf,
  machineStatement,
  membershipStatements,
  userStatement,
} from '../directory/registration.ts';
import type { OrganizationSummary } from '../directory/registry.ts';
import { hashOf, newTokenValue } from '../identity/tokens.ts';
import { type Integration, IntegrationRegistry } from '../oauth/integration-registry.ts';
import type { Database, Statement } from '../platform/database.ts';
import { integrationStatement } from './auditing.ts';
import { addListAndDelete, showCredentials } from './integration.ts';
import { CommandError, type Io, type OpenDatabase } from './io.ts';
import { organizationNamed, siteNamed } from './lookup.ts';
import { collect, withDatabase } from './output.ts';
import { scopesHelp, scopesOf } from './token-options.ts';

interface CreateOptions {
  readonly organization?: string;
  readonly name: string;
  readonly description: string;
  readonly scopes: string;
  readonly fullAdministrator?: boolean;
  readonly siteAdministrator?: string[];
  readonly site?: string[];
  readonly json?: boolean;
}

export function addServiceAccountCommands(program: Command, open: OpenDatabase, io: Io): void {
  const account = program
    .command('service-account')
    .description('Create, list and delete service accounts: machines that act for themselves.');
  account
    .command('create')
    .description('Create a service account, and print its client secret: it is never shown again.')
    .requiredOption('--name <name>', 'its name, as it stands in histories and lists')
    .requiredOption('--scopes <list>', scopesHelp)
    .option('--organization <name>', 'where it belongs; the only organization when left out')
    .option('--description <text>', 'what it is for', '')
    .option('--full-administrator', 'it administers the organization')
    .option('--site-administrator <host>', 'a site it administers; may be given several times', collect)
    .option('--site <host>', 'a site it is on without administering it; may be given several times', collect)
    .option('--json', 'print the service account and its secret as JSON')
    .action((options: CreateOptions) =>
      withDatabase(open, (database) => createServiceAccount(database, options, io)),
    );
  addListAndDelete(account, 'service-account', ['service', 'service'], open, io);
}

async function createServiceAccount(database: Database, options: CreateOptions, io: Io): Promise<void> {
  const { name, description, siteAdministrator = [], site = [], json } = options;
  const organization = await organizationNamed(database, options.organization);
  const organizationId = organization.id;
  const administered = await sitesNamed(database, organization, siteAdministrator);
  const sites = [...new Set([...administered, ...(await sitesNamed(database, organization, site))])];
  const secret = newTokenValue();
  const userId = randomUUID();
  const created = new Date().toISOString();
  const account: Integration = {
    id: randomUUID(),
    organizationId,
    kind: 'service',
    name,
    description,
    contactEmail: '',
    secretHash: hashOf(secret),
    redirectUrls: [],
    scopes: scopesOf(options.scopes),
    userId,
    created,
    createdBy: '',
  };
  const machine: Statement[] = [
    userStatement(
      {
        id: userId,
        organizationId,
        email: machineEmailOf(userId),
        displayName: name,
        firstName: name,
        lastName: '',
        fullAdministrator: options.fullAdministrator === true,
        defaultSiteUrl: sites[0],
      },
      created,
    ),
    machineStatement(userId),
    ...sites.flatMap((siteUrl) =>
      membershipStatements(
        { userId, siteUrl, siteAdministrator: administered.includes(siteUrl), roomId: undefined },
        {},
        randomBytes,
      ),
    ),
  ];
  const row = integrationStatement('service-account-created', account, created);
  await new IntegrationRegistry(database).create(account, [...machine, row]);
  showCredentials(io, json, account, secret);
}

/** The sites with these URLs, in lower case, when all are those of the organization. */
async function sitesNamed(
  database: Database,
  organization: OrganizationSummary,
  siteUrls: readonly string[],
): Promise<string[]> {
  for (const siteUrl of siteUrls) {
    const found = await siteNamed(database, siteUrl);
    if (found.organization !== organization.name) {
      throw new CommandError(`${siteUrl} is no site of ${JSON.stringify(organization.name)}.`);
    }
  }
  return siteUrls.map(keyOf);
}
