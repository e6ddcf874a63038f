import { flagOf, settings, variableOf } from '../../src/platform/config.ts';
import type { Setting } from '../../src/platform/setting.ts';

const introduction = `# Settings

<!-- Made from src/platform/config.ts by npm run docs; edit it there. -->

A flag comes first, then the environment variable, then the default. An empty variable counts as not set. Switches take no
value as a flag, and \`true\` or \`false\` as a variable. A value that is not allowed ends the program with exit code 2.
\`anteroom dev\` keeps its data in \`sqlite:data/development.db\` unless told otherwise; \`memory\` and \`allowRemote\` are for it alone,
and \`workers\` for \`anteroom serve\`. In development, \`addressRate\` and \`tokenRate\` are 0 unless told otherwise.
`;

/** docs/reference/settings.md: every setting. */
export function settingsPage(): string {
  const entries: [string, Setting<unknown>][] = Object.entries(settings);
  const rows = entries.map(
    ([name, { says, default: initial, allowed }]) =>
      `| ${name === 'secretsKey' ? '' : `\`${flagOf(name)}\``} | \`${variableOf(name)}\` | ${String(initial) === '' ? '' : `\`${initial}\``} | ${says} Must be ${allowed}. |`,
  );
  return `${introduction}\n| Flag | Variable | Default | Meaning |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}
