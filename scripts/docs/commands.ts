import type { Command } from 'commander';
import { buildProgram } from '../../src/main.ts';

const introduction = `# Commands

<!-- Made from the descriptions in src/commands by npm run docs; edit them there. -->

\`npm run anteroom -- COMMAND\` runs a command with the Node that comes with the packages; \`--help\` after it lists its options.
Exit codes: 0 done, 1 could not be done, 2 called wrongly.
`;

const program = await buildProgram(undefined);

/** docs/reference/commands.md: every command with its options. */
export function commandsPage(): string {
  const sections = leavesOf(program).map(
    (command) =>
      `## ${nameOf(command)}\n\n${command.description()}\n\n${usageOf(command)}\n${optionsOf(command)}`,
  );
  return [introduction, ...sections].join('\n');
}

/** The commands that do something; a group only has commands of its own. */
function leavesOf(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}

function usageOf(command: Command): string {
  return `\`\`\`text\n${nameOf(command)} ${command.usage()}\n\`\`\`\n`;
}

function optionsOf(command: Command): string {
  if (command.options.length === 0) return '';
  const rows = command.options.map(
    ({ flags, description }) => `| \`${flags.replaceAll('|', '\\|')}\` | ${description} |`,
  );
  return `| Option | Meaning |\n|---|---|\n${rows.join('\n')}\n`;
}
