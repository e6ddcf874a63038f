/** Reads a request body by its schema: all faults at once, absent fields from what is stored (contract section 3). */
import type { ErrorObject } from 'ajv';
import type { Static, TObject } from 'typebox';
import { type Fault, fault, invalidRequest } from '../errors.ts';
import { isObject } from '../platform/merge.ts';
import { type RuleId, rules } from '../rules.ts';
import { validatorOf } from './validator.ts';

/** How exact a client must be (contract section 5). */
export type Compatibility = 'documented' | 'lenient';

interface FieldSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly required?: readonly string[];
  readonly items?: FieldSchema;
  readonly 'x-rule'?: RuleId;
}

interface Property {
  readonly name: string;
  readonly schema: FieldSchema;
  readonly isRequired: boolean;
}

const properties = new WeakMap<FieldSchema, readonly Property[]>();

/** The fields of an object, taken apart once a schema: every change goes through them. */
function propertiesOf(schema: FieldSchema): readonly Property[] {
  const known = properties.get(schema);
  if (known !== undefined) return known;
  const found = Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    schema: property,
    isRequired: schema.required?.includes(name) === true,
  }));
  properties.set(schema, found);
  return found;
}

const nothingBroken: ReadonlySet<string> = new Set();

/** More faults than anybody reads: what is beyond is counted. */
const faultsListed = 100;

/** What a body says: `fields` is to be trusted only where {@link isSound} says so. */
export class Reading<T> {
  readonly fields: T;
  readonly faults: Fault[];
  readonly #broken: ReadonlySet<string>;

  constructor(fields: T, faults: Fault[], broken: ReadonlySet<string>) {
    this.fields = fields;
    this.faults = faults;
    this.#broken = broken;
  }

  /** Whether these fields have the form the schema asks for, so that a rule can judge them. */
  isSound(...names: (keyof T & string)[]): boolean {
    return names.every((name) => !this.#broken.has(name));
  }

  /** Notes `found` unless it is undefined. */
  add(found: Fault | undefined): void {
    if (found !== undefined) this.faults.push(found);
  }

  /** The fields, when nothing is wrong with any of them; otherwise a 400 that lists all faults. */
  accepted(): T {
    if (this.faults.length === 0) return this.fields;
    const beyond = this.faults.length - faultsListed;
    const more: Fault[] = beyond > 0 ? [{ description: `And ${beyond} more faults of the same kinds.` }] : [];
    throw invalidRequest(...this.faults.slice(0, faultsListed), ...more);
  }
}

/**
 * Reads `body` as an update of `stored`. Unknown fields are left out. An optional field that is absent or null keeps its
 * stored value; in lenient mode a required one does too, and `"10"` and `"true"` count as their values.
 */
export function readBody<T extends TObject>(
  schema: T,
  body: unknown,
  stored: Partial<Static<T>>,
  compatibility: Compatibility,
): Reading<Static<T>> {
  const shape = schema as FieldSchema;
  const names = propertiesOf(shape);
  if (!isObject(body)) {
    const nothing = fault(body === undefined ? 'body.needed' : 'body.object');
    return new Reading({} as Static<T>, [nothing], new Set(names.map(({ name }) => name)));
  }
  const isLenient = compatibility === 'lenient';
  const fields = merge(shape, body, stored, isLenient) as Static<T>;
  const validate = validatorOf(schema);
  const knowsAny = names.some(({ name }) => Object.hasOwn(body, name));
  if (validate(fields) && knowsAny) return new Reading(fields, [], nothingBroken);
  const errors = validate.errors ?? [];
  const faultByPath = new Map<string, Fault>();
  for (const error of errors) {
    const path = pathOf(error);
    if (!faultByPath.has(path)) faultByPath.set(path, faultOf(error, path));
  }
  const faults = [...faultByPath.values()];
  if (!knowsAny && faults.length === 0) faults.push(fault('body.known-field'));
  const broken = new Set([...faultByPath.keys()].map((path) => /^[^.[]*/.exec(path)![0]));
  return new Reading(fields, faults, broken);
}

function merge(schema: FieldSchema, given: unknown, stored: unknown, isLenient: boolean): unknown {
  if (schema.items !== undefined && Array.isArray(given)) {
    return given.map((item) => merge(schema.items!, item, undefined, isLenient));
  }
  if (schema.properties === undefined || !isObject(given)) return isLenient ? convert(schema, given) : given;
  const merged: Record<string, unknown> = {};
  for (const { name, schema: property, isRequired } of propertiesOf(schema)) {
    const mayKeep = isLenient || !isRequired;
    const kept = isObject(stored) ? stored[name] : undefined;
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    const isGiven = value !== undefined && (value !== null || !mayKeep);
    const result = isGiven ? merge(property, value, kept, isLenient) : mayKeep ? kept : undefined;
    if (result !== undefined) merged[name] = result;
  }
  return merged;
}

function convert({ type }: FieldSchema, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if ((type === 'number' || type === 'integer') && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (type === 'boolean' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  return value;
}

/** `/officeNumber/number` as `officeNumber.number`, `/coHosts/0/email` as `coHosts[0].email`. */
function pathOf({ instancePath, keyword, params }: ErrorObject): string {
  const parts = instancePath.split('/').slice(1);
  if (keyword === 'required') parts.push(params.missingProperty as string);
  return parts
    .map((part, index) => (/^\d+$/.test(part) ? `[${part}]` : index === 0 ? part : `.${part}`))
    .join('');
}

function faultOf({ keyword, params, parentSchema }: ErrorObject, path: string): Fault {
  const schema = parentSchema as FieldSchema;
  if (keyword !== 'required') return fault(schema['x-rule']!, path);
  const rule = schema.properties?.[params.missingProperty as string]?.['x-rule'];
  const hint = rule === undefined ? '' : `, and must ${rules[rule].must}`;
  return { rule: 'body.required-field', description: `${path} is missing: it is required${hint}.` };
}
