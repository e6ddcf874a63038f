/** Whether a file has the form that the schema describes. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { quote } from '../../errors.ts';
import type { DocumentFault, Path } from './fault.ts';
import { DirectoryDocument } from './schema.ts';

interface ValueSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly 'x-must'?: string;
  readonly 'x-secret'?: boolean;
}

let compiled: ValidateFunction | undefined;

/** Compiled on first use: most commands never need it. */
function validator(): ValidateFunction {
  if (compiled !== undefined) return compiled;
  const ajv = new Ajv2020({ allErrors: true, verbose: true });
  for (const keyword of ['x-must', 'x-secret', 'x-rule', 'example']) ajv.addKeyword(keyword);
  compiled = ajv.compile(DirectoryDocument);
  return compiled;
}

/** One fault for each value that has not the form it must have. */
export function shapeFaults(value: unknown): DocumentFault[] {
  const validate = validator();
  if (validate(value)) return [];
  const faults = new Map<string, DocumentFault>();
  for (const error of validate.errors ?? []) {
    const path = pathOf(error, value);
    const key = JSON.stringify(path);
    if (!faults.has(key)) faults.set(key, { path, sentence: sentenceOf(error, path) });
  }
  return [...faults.values()];
}

function pathOf({ instancePath, keyword, params }: ErrorObject, value: unknown): Path {
  const path: (string | number)[] = [];
  let node = value;
  for (const part of instancePath.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(node) ? Number(name) : name);
    node = (node as Record<string, unknown>)[name];
  }
  if (keyword === 'required') path.push(params.missingProperty as string);
  if (keyword === 'additionalProperties') path.push(params.additionalProperty as string);
  return path;
}

function sentenceOf(error: ErrorObject, path: Path): string {
  const { keyword, parentSchema, data } = error;
  const schema = parentSchema as ValueSchema;
  const subject = subjectOf(path);
  if (keyword === 'required') return `${subject} is missing.`;
  if (keyword === 'additionalProperties') {
    const known = Object.keys(schema.properties ?? {}).join(', ');
    return `${quote(subject)} is not a field here; the fields are ${known}.`;
  }
  const isUnquoted = schema.type === 'string' && typeof data === 'number';
  const hint = isUnquoted ? '; put it in quotes' : '';
  const found = schema['x-secret'] === true || typeof data === 'object' ? '' : `, not ${shown(data)}`;
  return `${subject} must ${schema['x-must'] ?? allowed(error)}${found}${hint}.`;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? quote(value) : String(value);
}

/** The last field of the path, with its list positions; the file itself when there is none. */
function subjectOf(path: Path): string {
  const field = path.findLastIndex((part) => typeof part === 'string');
  if (field < 0) return 'The file';
  return `${path[field]}${path
    .slice(field + 1)
    .map((index) => `[${index}]`)
    .join('')}`;
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object with fields',
};

/** What the broken keyword allows, to follow "must". */
function allowed({ keyword, params, message }: ErrorObject): string {
  if (keyword === 'type') return `be ${typeNames[params.type as string]}`;
  if (keyword === 'enum') return `be one of ${(params.allowedValues as string[]).join(', ')}`;
  if (keyword === 'minimum') return `be at least ${params.limit}`;
  if (keyword === 'maximum') return `be at most ${params.limit}`;
  if (keyword === 'minItems' || keyword === 'minLength') return 'not be empty';
  if (keyword === 'uniqueItems') return 'have no item twice';
  if (keyword === 'pattern') return `have the form ${params.pattern}`;
  return (message ?? 'be valid').replace(/^must /, '');
}
