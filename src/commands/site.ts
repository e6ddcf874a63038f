import type { Command } from 'commander';
import { existingSites } from '../directory/bulk-registry.ts';
import { keyOf } from '../directory/email.ts';
import { Registry } from '../directory/registry.ts';
import { withDefaults } from '../directory/site-settings.ts';
import type { Database } from '../platform/database.ts';
import { CommandError, type Io, type OpenDatabase } from './io.ts';
import { applyEntry, deletionsIn, organizationIdNamed, organizationNamed, siteNamed } from './lookup.ts';
import {
  addListOptions,
  askForYes,
  counted,
  type ListOptions,
  show,
  showList,
  withDatabase,
} from './output.ts';
import { addSettingsOptions, settingsOf } from './site-settings-options.ts';

interface SiteOptions {
  readonly siteUrl: string;
  readonly organization?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export function addSiteCommands(program: Command, open: OpenDatabase, io: Io): void {
  const site = program.command('site').description('Create, list, show, update and delete sites.');
  const organizationText = "the organization's name; may be left out when there is only one";
  const create = site
    .command('create')
    .description('Create a site in an organization.')
    .requiredOption('--site-url <host>', 'its bare host, such as meet.example.com')
    .option('--organization <name>', organizationText)
    .option('--json', 'print the site as JSON');
  addSettingsOptions(create).action((options: SiteOptions) =>
    withDatabase(open, (database) => createSite(database, options, io)),
  );
  const list = site.command('list').description('List the sites by URL.');
  addListOptions(list.option('--organization <name>', 'only those of this organization')).action(
    (options: ListOptions & SiteOptions) =>
      withDatabase(open, async (database) => {
        const { organization, limit, offset } = options;
        const within = await organizationIdNamed(database, organization);
        showList(io, options, 'site', await new Registry(database).sites(within, limit, offset));
      }),
  );
  site
    .command('show')
    .description('Show a site with all its settings.')
    .argument('<site-url>', 'its bare host')
    .option('--json', 'print the site as JSON')
    .action((siteUrl: string, { json }: SiteOptions) =>
      withDatabase(open, async (database) => {
        const found = await siteWithSettings(database, siteUrl);
        show(io, json, found, JSON.stringify(found, null, 2));
      }),
    );
  const update = site
    .command('update')
    .description('Change settings of a site; the others keep what they are.')
    .argument('<site-url>', 'its bare host')
    .option('--json', 'print the site as JSON');
  addSettingsOptions(update).action((siteUrl: string, options: SiteOptions) =>
    withDatabase(open, (database) => updateSite(database, siteUrl, options, io)),
  );
  site
    .command('delete')
    .description(
      'Delete a site with the rooms and preferences of everybody on it. Whose default site it was gets another of their sites.',
    )
    .argument('<site-url>', 'its bare host')
    .option('--yes', 'delete it; without this, only say what would be lost')
    .option('--json', 'print what was deleted as JSON')
    .action((siteUrl: string, { yes, json }: SiteOptions) =>
      withDatabase(open, async (database) => {
        const found = await siteNamed(database, siteUrl);
        askForYes(
          yes,
          `the site ${found.siteUrl} and the preferences of ${counted(found.users, 'user')} on it`,
        );
        await deletionsIn(database).deleteSite(found.siteUrl);
        show(io, json, found, `Deleted the site ${found.siteUrl}.`);
      }),
    );
}

async function createSite(database: Database, options: SiteOptions, io: Io): Promise<void> {
  const { siteUrl, json } = options;
  const settings = settingsOf({ ...options });
  const organization = await organizationNamed(database, options.organization);
  const other = await new Registry(database).site(keyOf(siteUrl));
  if (other !== undefined) {
    throw new CommandError(
      `The site ${other.siteUrl} exists already, in the organization ${JSON.stringify(other.organization)}.`,
    );
  }
  await applyEntry(database, { name: organization.name, sites: [{ siteUrl, settings }] });
  const made = await siteWithSettings(database, siteUrl);
  show(io, json, made, `Created the site ${made.siteUrl} in ${JSON.stringify(made.organization)}.`);
}

async function updateSite(database: Database, siteUrl: string, options: SiteOptions, io: Io): Promise<void> {
  const settings = settingsOf({ ...options });
  const found = await siteNamed(database, siteUrl);
  await applyEntry(database, { name: found.organization, sites: [{ siteUrl, settings }] });
  const made = await siteWithSettings(database, siteUrl);
  show(io, options.json, made, `Updated the site ${made.siteUrl}.`);
}

async function siteWithSettings(database: Database, siteUrl: string) {
  const found = await siteNamed(database, siteUrl);
  const [stored] = await existingSites(database, [found.siteUrl]);
  return { ...found, settings: withDefaults(stored!.settings) };
}
