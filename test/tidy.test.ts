/** Style as a test: what ARCHITECTURE.md and CONTRIBUTING.md promise. (Biome checks the length of functions.) */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startServer } from './helpers/server.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = globSync('src/**/*.ts', { cwd: root });
const tests = globSync('{test,bench,scripts}/**/*.ts', { cwd: root });
const web = globSync('web/**/*.{ts,tsx,css}', { cwd: root });
const documents = globSync('{*.md,docs/**/*.md}', { cwd: root });

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** The project's own modules that `file` imports. */
function importsOf(file: string): string[] {
  const paths = [...read(file).matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, path]) => path!);
  return paths.map((path) => normalize(join(dirname(file), path))).filter((path) => path.endsWith('.ts'));
}

/** From the top down: a module imports from its own layer or from those below. */
const layers = [
  /^src\/main\.ts$/,
  /^src\/commands\//,
  /^src\/(app|health|openapi|openapi-errors|openapi-parameters|openapi-tags)\.ts$/,
  /^src\/development\//,
  /^src\/(preferences|people|scim|oauth|sign-in|site-settings|admin-audit|tokens|web)\//,
  /^src\/identity\//,
  /^src\/audit\//,
  /^src\/request\//,
  /^src\/directory\//,
  /^src\/platform\//,
  /^src\/(errors|rules|rules\/[\w-]+)\.ts$/,
];

function layerOf(file: string): number {
  const layer = layers.findIndex((pattern) => pattern.test(file));
  assert.notEqual(layer, -1, `${file} belongs to no layer`);
  return layer;
}

test('an import never points up', () => {
  for (const file of sources) {
    for (const imported of importsOf(file)) {
      assert.ok(layerOf(imported) >= layerOf(file), `${file} imports ${imported}`);
    }
  }
});

/** What the browser may have of the server: the pure judgement of its rules, and types. */
const shared =
  /^src\/(errors|rules|rules\/[\w-]+|directory\/(email|instant|site-settings|administered-settings)|request\/\w+|tokens\/(rules|schema)|preferences\/(pin|([\w-]+\/(rules|schema))))\.ts$/;

test('the web application takes only rules and schemas from the server', () => {
  for (const file of web.filter((name) => name.startsWith(join('web', 'src')))) {
    for (const imported of importsOf(file).filter((path) => path.startsWith('src'))) {
      assert.match(imported, shared, file);
    }
  }
});

const features = /^src\/(preferences|people|scim|oauth|sign-in|site-settings|admin-audit|tokens|web)\//;

test('a feature never imports another feature, but for the sign-in that others ask who is there', () => {
  for (const file of sources) {
    const feature = features.exec(file)?.[1];
    for (const imported of feature === undefined ? [] : importsOf(file)) {
      const other = features.exec(imported)?.[1] ?? feature;
      assert.ok(other === feature || other === 'sign-in', `${file} imports ${imported}`);
    }
  }
});

const sectionOf = (file: string): string | undefined => /^src\/preferences\/([^/]+)\//.exec(file)?.[1];

/** History is about all sections: this module alone knows them, and nothing else of history does. */
const acrossSections = join('src', 'preferences', 'history', 'sections.ts');

test('a section never imports another section', () => {
  for (const file of sources.filter((name) => sectionOf(name) !== undefined && name !== acrossSections)) {
    for (const imported of importsOf(file)) {
      const other = sectionOf(imported);
      assert.ok(other === undefined || other === sectionOf(file), `${file} imports ${imported}`);
    }
  }
});

test('rules are pure: they import no store, no database and no framework', () => {
  for (const file of sources.filter((name) => name.endsWith('/rules.ts'))) {
    for (const imported of importsOf(file)) {
      assert.doesNotMatch(imported, /store|platform|routes|identity/, `${file} imports ${imported}`);
    }
    assert.doesNotMatch(read(file), /from '(node:|fastify)|Date\.now|Math\.random/, file);
  }
});

test('SQL lives in stores and engines only', () => {
  const stores =
    /^src\/(platform\/|[\w-]+\/(history\/)?([\w-]*store|registration|tokens|facts|[\w-]*registry)\.ts$)/;
  const sql = /['"`]\s*(select|insert into|update \w+ set|delete from|with \w+ as)\s/;
  for (const file of sources.filter((name) => !stores.test(name))) assert.doesNotMatch(read(file), sql, file);
});

test('files are not longer than 250 lines', () => {
  for (const file of [...sources, ...tests, ...web]) {
    const lines = read(file).split('\n').length - 1;
    assert.ok(lines <= 250, `${file} has ${lines} lines`);
  }
});

test('nothing is left to do, exported by default, or gathered in a barrel', () => {
  for (const file of [...sources, ...tests, ...web]) {
    assert.doesNotMatch(read(file), /\b(TO)(DO)\b|\b(FIX)(ME)\b/, file);
    // Vite asks for the one default export there is.
    const isConfig = file === join('web', 'vite.config.ts');
    assert.doesNotMatch(read(file), isConfig ? /^export \* from/m : /^export default|^export \* from/m, file);
    assert.doesNotMatch(file, /(^|\/)(utils?|common|manager|service)\b/);
  }
});

test('every operation has a contract test named after it', async () => {
  const { url } = await startServer();
  const description = (await (await fetch(`${url}/openapi.json`)).json()) as {
    paths: Record<string, object>;
  };
  for (const methods of Object.values(description.paths)) {
    for (const { operationId } of Object.values(methods) as { operationId: string }[]) {
      const file = operationId.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      assert.ok(existsSync(join(root, 'test', 'contract', `${file}.test.ts`)), file);
    }
  }
});

test('the project names no path of a machine and no registry', () => {
  const files = [...sources, ...tests, ...web, ...documents, 'package.json', 'package-lock.json', '.ci/run'];
  for (const file of files.filter((name) => name !== 'test/tidy.test.ts')) {
    assert.doesNotMatch(read(file), /\/(home|root|work)[/]|registry[.]npmjs|"resolved"/, file);
  }
});
