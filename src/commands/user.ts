import type { Command } from 'commander';
import { leaveSiteStatements, operator } from '../directory/deletion-store.ts';
import { keyOf } from '../directory/email.ts';
import { personIdOf } from '../directory/person-id.ts';
import { Registry } from '../directory/registry.ts';
import type { Database } from '../platform/database.ts';
import { roleStatement } from './auditing.ts';
import type { MembershipEntry } from './document/membership-schema.ts';
import type { UserEntry } from './document/schema.ts';
import { CommandError, type Io, type OpenDatabase } from './io.ts';
import {
  applyEntry,
  deletionsIn,
  findUser,
  organizationIdNamed,
  organizationNamed,
  siteNamed,
  userNamed,
} from './lookup.ts';
import {
  addListOptions,
  askForYes,
  collect,
  counted,
  type ListOptions,
  show,
  showList,
  withDatabase,
} from './output.ts';

interface UserOptions {
  readonly organization?: string;
  readonly email?: string;
  readonly displayName?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly id?: string;
  readonly site?: string[];
  readonly removeSite?: string[];
  readonly defaultSite?: string;
  readonly fullAdministrator?: boolean;
  readonly siteAdministrator?: string[];
  readonly notSiteAdministrator?: string[];
  readonly yes?: boolean;
  readonly json?: boolean;
}

const jsonFlag = ['--json', 'print the user as JSON'] as const;

export function addUserCommands(program: Command, open: OpenDatabase, io: Io): void {
  const user = program.command('user').description('Create, list, show, update and delete users.');
  addCreate(user, open, io);
  addUpdate(user, open, io);
  const list = user.command('list').description('List the users by e-mail address.');
  list.option('--organization <name>', 'only those of this organization');
  list.option('--site <host>', 'only those on this site');
  addListOptions(list).action((options: ListOptions & { organization?: string; site?: string }) =>
    withDatabase(open, async (database) => {
      const { organization, site, limit, offset } = options;
      const organizationId = await organizationIdNamed(database, organization);
      const siteUrl = site === undefined ? undefined : (await siteNamed(database, site)).siteUrl;
      const page = await new Registry(database).users({ organizationId, siteUrl }, limit, offset);
      showList(io, options, 'user', page);
    }),
  );
  user
    .command('show')
    .description('Show a user with their roles and sites.')
    .argument('<email>', 'their address')
    .option(...jsonFlag)
    .action((email: string, { json }: UserOptions) =>
      withDatabase(open, async (database) => {
        const facts = await factsOf(database, email);
        show(io, json, facts, JSON.stringify(facts, null, 2));
      }),
    );
  user
    .command('delete')
    .description(
      'Delete a user with their rooms, preferences and tokens; administrators can still read the history.',
    )
    .argument('<email>', 'their address')
    .option('--yes', 'delete them; without this, only say what would be lost')
    .option('--json', 'print who was deleted as JSON')
    .action((email: string, { yes, json }: UserOptions) =>
      withDatabase(open, async (database) => {
        const { user: found, memberships } = await userNamed(database, email);
        const facts = await factsOf(database, email);
        const sites = counted(memberships.length, 'site');
        askForYes(yes, `${found.email} with their tokens and their preferences on ${sites}`);
        await deletionsIn(database).deleteUser(found.id);
        show(io, json, facts, `Deleted ${found.email}.`);
      }),
    );
}

function addCreate(user: Command, open: OpenDatabase, io: Io): void {
  const command = user
    .command('create')
    .description('Create a user on one or more sites.')
    .requiredOption('--email <address>', 'their address; nobody else has it')
    .requiredOption('--display-name <name>', 'the name that others see')
    .option('--organization <name>', "the organization's name; may be left out when there is only one")
    .option('--id <id>', 'their uuid or person id; generated when left out');
  addCommonOptions(command).action((options: UserOptions) =>
    withDatabase(open, async (database) => {
      const email = options.email!;
      const other = await findUser(database, email);
      if (other !== undefined) {
        throw new CommandError(
          `The user ${other.user.email} exists already, in the organization ${JSON.stringify(other.organization)}.`,
        );
      }
      const { name } = await organizationNamed(database, options.organization);
      await applyEntry(database, { name, users: [entryFrom(email, options.displayName!, options)] });
      const facts = await factsOf(database, email);
      show(io, options.json, facts, `Created ${email} with the person id ${facts.personId}.`);
    }),
  );
}

function addUpdate(user: Command, open: OpenDatabase, io: Io): void {
  const command = user
    .command('update')
    .description('Change a user; what is not named stays as it is.')
    .argument('<email>', 'their present address')
    .option('--email <address>', 'their new address')
    .option('--display-name <name>', 'the name that others see')
    .option(
      '--remove-site <host>',
      'take them off a site, with their room and preferences there; may be given several times',
      collect,
    )
    .option(
      '--not-site-administrator <host>',
      'make them no administrator of a site; may be given several times',
      collect,
    );
  // After --full-administrator: a --no- flag that comes first would make its opposite the default.
  addCommonOptions(command).option('--no-full-administrator', 'make them no full administrator');
  command.action((email: string, options: UserOptions) =>
    withDatabase(open, async (database) => {
      const { user: found, organization, memberships } = await userNamed(database, email);
      const administers = (site: string) =>
        memberships.some(({ siteUrl, siteAdministrator }) => siteUrl === keyOf(site) && siteAdministrator);
      const isOn = (site: string) => memberships.some(({ siteUrl }) => siteUrl === keyOf(site));
      const { removeSite = [], notSiteAdministrator = [] } = options;
      for (const site of [...removeSite, ...notSiteAdministrator]) {
        if (!isOn(site)) throw new CommandError(`${found.email} is not on the site ${site}.`);
      }
      const newEmail = options.email ?? found.email;
      const entry = entryFrom(newEmail, options.displayName ?? found.displayName, options);
      const now = new Date().toISOString();
      const also = removeSite.flatMap((site) => [
        ...leaveSiteStatements(found.id, keyOf(site), operator, now),
        ...(administers(site) ? [roleStatement(found, false, now, keyOf(site))] : []),
      ]);
      await applyEntry(database, { name: organization, users: [{ ...entry, id: found.id }] }, { also });
      show(io, options.json, await factsOf(database, newEmail), `Updated ${newEmail}.`);
    }),
  );
}

function addCommonOptions(command: Command): Command {
  return command
    .option(
      '--first-name <name>',
      'their first name; the first word of the display name when left out at first',
    )
    .option('--last-name <name>', 'their last name; the rest of the display name when left out at first')
    .option('--site <host>', 'put them on a site; may be given several times', collect)
    .option('--default-site <host>', 'one of their sites; the first one when left out at first')
    .option('--full-administrator', 'make them a full administrator of the organization')
    .option(
      '--site-administrator <host>',
      'make them an administrator of a site, and put them on it; may be given several times',
      collect,
    )
    .option(...jsonFlag);
}

function entryFrom(email: string, displayName: string, options: UserOptions): UserEntry {
  const { firstName, lastName, id, defaultSite, fullAdministrator } = options;
  const sites = new Map<string, MembershipEntry>();
  for (const siteUrl of options.site ?? []) sites.set(keyOf(siteUrl), { siteUrl });
  for (const siteUrl of options.siteAdministrator ?? []) {
    sites.set(keyOf(siteUrl), { siteUrl, siteAdministrator: true });
  }
  for (const siteUrl of options.notSiteAdministrator ?? []) {
    sites.set(keyOf(siteUrl), { siteUrl, siteAdministrator: false });
  }
  return {
    email,
    displayName,
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
    ...(id === undefined ? {} : { id }),
    ...(defaultSite === undefined ? {} : { defaultSite }),
    ...(fullAdministrator === undefined ? {} : { fullAdministrator }),
    sites: [...sites.values()],
  };
}

async function factsOf(database: Database, email: string) {
  const { user, organization, memberships } = await userNamed(database, email);
  return {
    email: user.email,
    displayName: user.displayName,
    firstName: user.firstName,
    lastName: user.lastName,
    id: user.id,
    personId: personIdOf(user.id),
    organization,
    fullAdministrator: user.fullAdministrator,
    sites: memberships.map(({ siteUrl, siteAdministrator, roomId }) => ({
      siteUrl,
      default: siteUrl === user.defaultSiteUrl,
      siteAdministrator,
      personalMeetingRoomId: roomId,
    })),
  };
}
