import { errorKinds } from '../../src/errors.ts';

const introduction = `# Errors

<!-- Made from src/errors.ts by npm run docs; edit it there. -->

Every answer that is not 2xx has one shape, \`{message, errors, trackingId}\`: a summary, everything that was wrong with the
request, each with a \`description\` for people and the id of the broken [rule](rules.md), and the tracking id under which the
server's log has the request. Nothing else is ever answered.
`;

/** docs/reference/errors.md: every kind of refusal. */
export function errorsPage(): string {
  const rows = Object.entries(errorKinds).map(
    ([kind, { status, when }]) => `| ${status} | ${kind} | ${when} |`,
  );
  return `${introduction}\n| Status | Kind | When |\n|---|---|---|\n${rows.join('\n')}\n`;
}
