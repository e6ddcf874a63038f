import type { Command } from 'commander';
import { Registry } from '../directory/registry.ts';
import { CommandError, type Io, type OpenDatabase } from './io.ts';
import { applyEntry, deletionsIn, organizationNamed } from './lookup.ts';
import {
  addListOptions,
  askForYes,
  counted,
  type ListOptions,
  show,
  showList,
  withDatabase,
} from './output.ts';

interface CreateOptions {
  readonly name: string;
  readonly id?: string;
  readonly json?: boolean;
}

interface DeleteOptions {
  readonly yes?: boolean;
  readonly json?: boolean;
}

export function addOrganizationCommands(program: Command, open: OpenDatabase, io: Io): void {
  const organization = program.command('organization').description('Create, list and delete organizations.');
  organization
    .command('create')
    .description('Create an organization.')
    .requiredOption('--name <name>', 'its name; no other organization has it')
    .option('--id <uuid>', 'its id; generated when left out')
    .option('--json', 'print the organization as JSON')
    .action((options: CreateOptions) =>
      withDatabase(open, async (database) => {
        const { name, id, json } = options;
        if ((await new Registry(database).organization(name)) !== undefined) {
          throw new CommandError(`The organization ${JSON.stringify(name)} exists already.`);
        }
        await applyEntry(database, { name, ...(id === undefined ? {} : { id }) });
        const made = await organizationNamed(database, name);
        show(io, json, made, `Created the organization ${JSON.stringify(name)} with the id ${made.id}.`);
      }),
    );
  addListOptions(organization.command('list').description('List the organizations by name.')).action(
    (options: ListOptions) =>
      withDatabase(open, async (database) => {
        const page = await new Registry(database).organizations(options.limit, options.offset);
        showList(io, options, 'organization', page);
      }),
  );
  organization
    .command('delete')
    .description('Delete an organization with its sites, users, tokens and preferences.')
    .argument('<name>', 'its name')
    .option('--yes', 'delete it; without this, only say what would be lost')
    .option('--json', 'print what was deleted as JSON')
    .action((name: string, { yes, json }: DeleteOptions) =>
      withDatabase(open, async (database) => {
        const found = await organizationNamed(database, name);
        const contents = `its ${counted(found.sites, 'site')} and ${counted(found.users, 'user')} with their preferences`;
        askForYes(yes, `the organization ${JSON.stringify(name)}, ${contents}`);
        await deletionsIn(database).deleteOrganization(found.id);
        show(io, json, found, `Deleted the organization ${JSON.stringify(name)}.`);
      }),
    );
}
