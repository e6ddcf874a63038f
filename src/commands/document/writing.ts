/** Writes a database as an import file, piece by piece: a user a line in JSON, a user a block in YAML. */
import { Registry } from '../../directory/registry.ts';
import type { Database } from '../../platform/database.ts';
import { entriesOf } from './entries.ts';
import type { OrganizationEntry } from './schema.ts';
import { yamlText } from './yaml-values.ts';

export type Format = 'json' | 'yaml';

const perPage = 500;

/** The pieces of the text; equal directories have equal texts. */
export async function* directoryText(database: Database, format: Format): AsyncIterable<string> {
  const layout = layouts[format];
  const registry = new Registry(database);
  yield layout.start;
  let count = 0;
  for (let offset = 0; ; offset += perPage) {
    const { rows } = await registry.organizations(perPage, offset);
    for (const { id, name: organization } of rows) {
      yield layout.organization({ name: organization, id }, count);
      for (const [index, [name, items]] of Object.entries(entriesOf(database, id)).entries()) {
        if (index > 0) yield layout.between;
        yield* listText(layout, name, items);
      }
      yield layout.organizationEnd;
      count += 1;
    }
    if (rows.length < perPage) break;
  }
  yield layout.end(count);
}

async function* listText(layout: Layout, name: string, items: AsyncIterable<object>): AsyncIterable<string> {
  let count = 0;
  for await (const item of items) {
    yield `${count === 0 ? layout.listStart(name) : layout.itemEnd}${layout.item(item)}`;
    count += 1;
  }
  yield count === 0 ? layout.emptyList(name) : layout.listEnd;
}

interface Layout {
  readonly start: string;
  organization(facts: OrganizationEntry, index: number): string;
  listStart(name: string): string;
  item(value: object): string;
  readonly itemEnd: string;
  readonly listEnd: string;
  emptyList(name: string): string;
  readonly between: string;
  readonly organizationEnd: string;
  end(organizations: number): string;
}

const layouts: Readonly<Record<Format, Layout>> = {
  json: {
    start: '{\n  "organizations": [',
    organization: ({ name, id }, index) =>
      `${index === 0 ? '' : ','}\n    {\n      "name": ${JSON.stringify(name)},\n      "id": ${JSON.stringify(id)},\n`,
    listStart: (name) => `      "${name}": [\n`,
    item: (value) => `        ${JSON.stringify(value)}`,
    itemEnd: ',\n',
    listEnd: '\n      ]',
    emptyList: (name) => `      "${name}": []`,
    between: ',\n',
    organizationEnd: '\n    }',
    end: (organizations) => `${organizations === 0 ? '' : '\n  '}]\n}\n`,
  },
  yaml: {
    start: 'organizations:',
    organization: (facts) => `\n${indented([facts], '  ')}\n`,
    listStart: (name) => `    ${name}:\n`,
    item: (value) => indented([value], '      '),
    itemEnd: '\n',
    listEnd: '',
    emptyList: (name) => `    ${name}: []`,
    between: '\n',
    organizationEnd: '',
    end: (organizations) => (organizations === 0 ? ' []\n' : '\n'),
  },
};

function indented(value: unknown, indent: string): string {
  return indent + yamlText(value).slice(0, -1).replaceAll('\n', `\n${indent}`);
}
