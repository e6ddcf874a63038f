/** What the tests of faulty import files share. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dump } from 'js-yaml';
import { anteroom, fileWith, newPath, rows } from './command-line.ts';

export const site = { siteUrl: 'one.example.com' };
export const ann = { email: 'ann@example.com', displayName: 'Ann' };
export const bob = { email: 'bob@example.com', displayName: 'Bob' };
export const scopes = ['meeting:preferences_read'];
export const sha256 = 'A'.repeat(43);
export const value = 'v'.repeat(32);
export const uuid = '25bbf831-5be9-4c25-b4b0-9b592c8a086b';
export const otherUuid = '3b0f2f8e-93b5-4b39-8c77-0f8a1f6f7d02';
export const meetingId = '0fc6ec1109e0d9b6c94e1f6caccda976';

export function document(organization: object): object {
  return { organizations: [{ name: 'Example', sites: [site], ...organization }] };
}

export function users(...list: object[]): object {
  return document({ users: list });
}

export function withToken(...tokens: object[]): object {
  return users({ ...ann, tokens: tokens.map((token) => ({ name: 'test', scopes, ...token })) });
}

export function withSite(...sites: object[]): object {
  return users({ ...ann, sites: sites.map((membership) => ({ ...site, ...membership })) });
}

/** A file, and every fault of it as path and a part of its sentence. */
export type Case = readonly [
  title: string,
  file: unknown,
  ...faults: (readonly [path: string, part: RegExp])[],
];

export const user = 'organizations[0].users[0]';

/** Lines of standard error as [line, path, sentence]. */
export function listed(err: string, file: string): [number, string, string][] {
  return err.split('\n').map((text) => {
    assert.ok(text.startsWith(`${file}:`), text);
    const parts = /^(\d+): (?:((?:organizations|version)[^ ]*): )?(.*)$/.exec(text.slice(file.length + 1));
    assert.ok(parts, text);
    return [Number(parts[1]), parts[2] ?? '', parts[3]!];
  });
}

/** The name that has to stand on the line of a fault, where every value has a line of its own. */
export function lastName(path: string): string {
  return /([A-Za-z0-9]+)(\[\d+\])*$/.exec(path)?.[1] ?? '';
}

/** Imports the file as JSON and as YAML, and expects these faults, each on its line, and nothing written. */
export function testCases(cases: readonly Case[]): void {
  for (const [title, file, ...faults] of cases) {
    for (const [extension, text] of [
      ['json', JSON.stringify(file, null, 2)],
      ['yaml', dump(file)],
    ] as const) {
      test(`${title}, in ${extension}`, async () => {
        const path = newPath('a.db');
        const name = fileWith(`faulty.${extension}`, text);
        const { out, err, error } = await anteroom(path, 'import', name);
        assert.equal(error?.name, 'CommandError');
        assert.match(error!.message, /^Nothing was imported: .* has (a fault|\d+ faults)\.$/);
        assert.equal(out, '');
        const found = listed(err, name);
        assert.deepEqual(found.map(([, place]) => place).sort(), faults.map(([place]) => place).sort(), err);
        for (const [place, part] of faults) {
          const [line, , sentence] = found.find(([, other]) => other === place)!;
          assert.match(sentence, part);
          if (/missing|either/.test(sentence) || place.endsWith(']') || place === '') continue;
          assert.ok(text.split('\n')[line - 1]!.includes(lastName(place)), `line ${line} of ${text}`);
        }
        assert.deepEqual(await rows(path, 'select * from organizations'), []);
      });
    }
  }
}
