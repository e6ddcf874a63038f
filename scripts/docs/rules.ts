import { type RuleId, rules, statementOf } from '../../src/rules.ts';

type Family = RuleId extends `${infer Name}.${string}` ? Name : never;

/** The families in the order of the page; a rule of a new family does not compile before it stands here. */
const headings: Readonly<Record<Family, string>> = {
  token: 'Who is calling',
  subject: 'Whose preferences, on which site',
  query: 'Query parameters',
  request: 'Paths, methods and HTTP',
  body: 'Bodies of every operation',
  room: 'Personal meeting room',
  audio: 'Audio',
  video: 'Video',
  scheduling: 'Scheduling options',
  delegates: 'Lists of delegates',
  sites: 'Default site',
  'room-ids': 'Refreshing personal room ids',
  history: 'History of changes',
  audit: 'Audit log',
  'site-users': 'People on a site',
  meeting: 'Meetings',
  session: 'Browsers that are signed in',
  'sign-in': 'Signing in with a browser',
  'site-settings': 'Settings of a site',
  people: 'People',
  application: 'Registering integrations',
  tokens: 'Access tokens of an organization',
};

const introduction = `# Rules

<!-- Made from src/rules.ts by npm run docs; edit it there. -->

What can be wrong with a request, apart from faults of the server. A refusal carries the id of each broken rule as
\`errors[].rule\`, beside a description for people. An id keeps its meaning for good; programs can rely on it.
*Section* is the section of the [wire contract](../compatibility.md) that a rule comes from.
`;

/** docs/reference/rules.md: the whole catalogue, family by family. */
export function rulesPage(): string {
  const sections = Object.entries(headings).map(([family, heading]) => {
    const ids = (Object.keys(rules) as RuleId[]).filter((id) => id.startsWith(`${family}.`));
    const rows = ids.map((id) => `| \`${id}\` | ${cell(statementOf(id))} | ${rules[id].contract} |`);
    return `## ${heading}\n\n| Rule | Statement | Section |\n|---|---|---|\n${rows.join('\n')}\n`;
  });
  return [introduction, ...sections].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
