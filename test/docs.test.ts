/** Every example of the documentation, run against a fresh server; every link followed. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { program, runServer, temporaryFolder } from './helpers/process.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const pages = [
  ...readdirSync(root).filter((file) => file.endsWith('.md')),
  ...readdirSync(resolve(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

/** What a test cannot run inside itself: continuous integration runs the first two, their own tests the others. */
const runElsewhere =
  /^(npm ci|npm test|npm ci && npm start|npm ci && npm test|npm run check|npm ci\nnpm run check|npm run bench.*|npm run anteroom -- serve)$/;

interface Example {
  readonly command: string;
  /** The JSON that follows the command, if any. */
  readonly expected: string | undefined;
}

function examplesOf(page: string): Example[] {
  const text = readFileSync(resolve(root, page), 'utf8');
  const blocks = /```sh\n(?<command>[\s\S]*?)\n```(?:\n\n```json\n(?<expected>[\s\S]*?)\n```)?/g;
  return [...text.matchAll(blocks)].map(({ groups }) => ({
    command: groups!.command!,
    expected: groups!.expected,
  }));
}

for (const page of pages) {
  const examples = examplesOf(page).filter(({ command }) => !runElsewhere.test(command));
  if (examples.length === 0) continue;
  test(`${page}: its ${examples.length} examples do what they say`, async () => {
    const folder = temporaryFolder();
    const server = await runServer(['dev'], folder);
    for (const { command, expected } of examples) {
      const shell = command
        .replaceAll('http://127.0.0.1:4600', server.url)
        .replaceAll('npm run anteroom --', `'${process.execPath}' '${program}'`);
      const { stdout } = await promisify(execFile)('sh', ['-c', `set -e\n${shell}`], { cwd: folder });
      if (command.startsWith('curl')) assertAnswer(stdout, expected, command);
    }
  });
}

function assertAnswer(text: string, expected: string | undefined, command: string): void {
  const answer = JSON.parse(text);
  if (expected === undefined) {
    assert.equal('errors' in answer, false, command);
    return;
  }
  const wanted = JSON.parse(expected);
  if ('trackingId' in wanted) answer.trackingId = wanted.trackingId;
  assert.deepEqual(answer, wanted, command);
}

for (const page of pages) {
  test(`${page}: its links lead somewhere`, () => {
    const text = readFileSync(resolve(root, page), 'utf8');
    for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(target)) continue;
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? resolve(root, page) : resolve(root, dirname(page), path);
      assert.ok(existsSync(file), target);
      if (anchor !== undefined) assert.ok(anchorsOf(file).includes(anchor), target);
    }
  });
}

function anchorsOf(file: string): string[] {
  const headings = readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}
