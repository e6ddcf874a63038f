/** `npm run docs`: writes the pages of docs/reference that follow from the code. A test compares them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commandsPage } from './docs/commands.ts';
import { errorsPage } from './docs/errors.ts';
import { rulesPage } from './docs/rules.ts';
import { settingsPage } from './docs/settings.ts';

export interface GeneratedPage {
  /** From the root of the repository. */
  readonly path: string;
  readonly content: string;
}

/** Every generated page; a new one is one more line here. */
export function generatedPages(): GeneratedPage[] {
  return [
    { path: 'docs/reference/rules.md', content: rulesPage() },
    { path: 'docs/reference/errors.md', content: errorsPage() },
    { path: 'docs/reference/settings.md', content: settingsPage() },
    { path: 'docs/reference/commands.md', content: commandsPage() },
  ];
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..');
  for (const { path, content } of generatedPages()) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
    console.log(`wrote ${path}`);
  }
}
