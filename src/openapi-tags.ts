/** The groups that the served description puts operations in, by their paths. */

interface Tag {
  readonly name: string;
  readonly description: string;
}

/** In the order in which they are shown. */
const tags: readonly (Tag & { readonly prefixes: readonly string[] })[] = [
  {
    name: 'Meeting Preferences',
    description: "A host's personal room, audio, video, scheduling and sites.",
    prefixes: ['/v1/meetingPreferences', '/v1/meetings'],
  },
  {
    name: 'History',
    description: 'What was changed, by whom, and taking it back.',
    prefixes: ['/v1/meetingPreferences/history', '/v1/admin/meetingPreferences/history'],
  },
  {
    name: 'Administration',
    description: 'What administrators do for a whole site.',
    prefixes: ['/v1/admin'],
  },
  {
    name: 'People',
    description: 'Who there is in an organization, with their roles and sites.',
    prefixes: ['/v1/people', '/v1/roles'],
  },
  {
    name: 'Tokens',
    description: 'The access tokens of an organization: listed, created and revoked.',
    prefixes: ['/v1/admin/tokens'],
  },
  {
    name: 'Integrations',
    description: 'Programs that people let act for them, and the accounts of machines.',
    prefixes: ['/v1/applications'],
  },
  {
    name: 'Audit',
    description: 'Who signed in, and who changed what.',
    prefixes: ['/v1/adminAudit'],
  },
  {
    name: 'Provisioning',
    description: 'People and groups from another directory (SCIM 2.0).',
    prefixes: ['/scim'],
  },
  { name: 'Server', description: 'Everything else.', prefixes: ['/'] },
];

/** The name of the group of the operations at `path`: the one with the longest beginning of it. */
export function tagOf(path: string): string {
  const fitting = tags.flatMap(({ name, prefixes }) =>
    prefixes.filter((prefix) => path.startsWith(prefix)).map((prefix) => ({ name, prefix })),
  );
  return fitting.reduce((best, next) => (next.prefix.length > best.prefix.length ? next : best)).name;
}

/** The groups that these paths are in. */
export function tagsOf(paths: readonly string[]): Tag[] {
  const used = new Set(paths.map(tagOf));
  return tags.filter(({ name }) => used.has(name)).map(({ name, description }) => ({ name, description }));
}
