/** A small directory that commands made, for the tests of the commands that administer it. */
import assert from 'node:assert/strict';
import { anteroom, newPath } from './command-line.ts';

export const site = 'one.example.com';

/** A database with an organization, two sites and an administrator. */
export async function small(): Promise<string> {
  const path = newPath('a.db');
  await anteroom(path, 'organization', 'create', '--name', 'Example');
  await anteroom(path, 'site', 'create', '--site-url', site);
  await anteroom(path, 'site', 'create', '--site-url', 'two.example.com');
  await createUser(
    path,
    'ann@example.com',
    '--site',
    site,
    '--full-administrator',
    '--site-administrator',
    site,
  );
  return path;
}

export function createUser(path: string, email: string, ...flags: string[]) {
  return anteroom(path, 'user', 'create', '--email', email, '--display-name', 'Ann Other Name', ...flags);
}

export async function refused(
  kind: 'UsageError' | 'CommandError' | 'CommanderError',
  part: RegExp,
  path: string,
  ...args: string[]
): Promise<void> {
  const { out, error } = await anteroom(path, ...args);
  assert.equal(error?.name, kind, `${error?.stack}`);
  assert.match(error!.message, part);
  assert.equal(out, '');
}
