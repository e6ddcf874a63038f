/** Lists of resources: filters, pages and which attributes are answered (RFC 7644 section 3.4.2). */

import { type Fields, isObject } from '../platform/merge.ts';
import { isPlainText, type Query } from '../request/parameters.ts';
import { fieldIn, loadScimmy, refusing } from './library.ts';
import { ScimError } from './scim-error.ts';

export const mostPerPage = 1_000;

/** A filter, and what it asks at least of whatever it finds. */
export interface ResourceFilter {
  /** Values that attributes have to equal, by their paths in lower case, such as `emails.value`. */
  readonly equal: ReadonlyMap<string, string>;
  readonly fits: (resource: Fields) => boolean;
}

export interface ListQuery {
  readonly filter: ResourceFilter | undefined;
  /** From 1. */
  readonly startIndex: number;
  readonly count: number;
  readonly attributes: readonly string[] | undefined;
  readonly excludedAttributes: readonly string[];
}

export async function readListQuery(query: Query): Promise<ListQuery> {
  const filter = textIn(query, 'filter');
  return {
    filter: filter === undefined ? undefined : await filterOf(filter),
    startIndex: Math.max(1, numberIn(query, 'startIndex') ?? 1),
    count: Math.min(mostPerPage, Math.max(0, numberIn(query, 'count') ?? 100)),
    ...readAttributes(query),
  };
}

/** Which attributes a request wants, or does not. */
export function readAttributes(query: Query): Pick<ListQuery, 'attributes' | 'excludedAttributes'> {
  const names = (name: string): string[] | undefined =>
    textIn(query, name)
      ?.split(',')
      .map((attribute) => attribute.trim().toLowerCase());
  return { attributes: names('attributes'), excludedAttributes: names('excludedAttributes') ?? [] };
}

/** `resource` with the attributes that were asked for; id and schemas are always there (RFC 7643 section 7). */
export function selected(
  resource: Fields,
  { attributes, excludedAttributes }: Pick<ListQuery, 'attributes' | 'excludedAttributes'>,
): Fields {
  const topOf = (path: string): string => path.split('.')[0]!;
  const wanted = attributes && new Set(attributes.map(topOf));
  const unwanted = new Set(excludedAttributes);
  const isAnswered = (name: string): boolean =>
    name === 'id' || name === 'schemas' || ((wanted?.has(name) ?? true) && !unwanted.has(name));
  return Object.fromEntries(Object.entries(resource).filter(([name]) => isAnswered(name.toLowerCase())));
}

/** A page as it is answered. */
export function listResponse(
  resources: readonly Fields[],
  totalResults: number,
  query: Pick<ListQuery, 'startIndex' | 'attributes' | 'excludedAttributes'>,
): string {
  return JSON.stringify({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults,
    startIndex: query.startIndex,
    itemsPerPage: resources.length,
    Resources: resources.map((resource) => selected(resource, query)),
  });
}

/** Text compares without case, as most attributes do, but for those that other directories choose. */
const exact: ReadonlySet<string> = new Set(['id', 'externalid']);

async function filterOf(expression: string): Promise<ResourceFilter> {
  const { Types } = await loadScimmy();
  return refusing('invalidFilter', () => {
    const parsed = new Types.Filter(expression);
    // The library takes these for what stands before them.
    if (/\b(and|or|not)\s*$/i.test(expression) || !parsed.every((one) => isComplete(one))) {
      throw new ScimError(400, 'invalidFilter', 'The filter is not complete.');
    }
    const alternatives = parsed.map((one) => folded(one) as Fields);
    const filter = new Types.Filter(alternatives);
    const [only] = parsed;
    return {
      equal: new Map(parsed.length === 1 ? equalIn(only as Fields, '') : []),
      fits: (resource) => filter.match([folded(resource) as object]).length > 0,
    };
  });
}

/** With all text in lower case, except for what compares exactly. Comparators are text, too. */
function folded(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return exact.has(name.toLowerCase()) ? value : value.toLowerCase();
  if (Array.isArray(value)) return value.map((item) => folded(item, name));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, folded(inner, key)]));
}

/** Whether every comparison in an expression has what it compares with. */
function isComplete(expression: unknown): boolean {
  if (isObject(expression)) return Object.values(expression).every(isComplete);
  if (!Array.isArray(expression)) return false;
  if (typeof expression[0] !== 'string') return expression.every(isComplete);
  const [comparator, value] = expression[0].toLowerCase() === 'not' ? expression.slice(1) : expression;
  return /^(pr|np)$/i.test(comparator as string) || value !== undefined;
}

/** What one alternative of a filter wants to equal: `[comparator, value]` behind the path of an attribute. */
function equalIn(expressions: Fields, prefix: string): [string, string][] {
  return Object.entries(expressions).flatMap(([name, expression]): [string, string][] => {
    const path = `${prefix}${name}`.toLowerCase();
    if (isObject(expression)) return equalIn(expression, `${path}.`);
    const [comparator, value] = expression as unknown[];
    const isEqual = typeof comparator === 'string' && comparator.toLowerCase() === 'eq';
    return isEqual && typeof value === 'string' ? [[path, value]] : [];
  });
}

function textIn(query: Query, name: string): string | undefined {
  const value = fieldIn(query, name);
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string' && isPlainText(value)) return value;
  throw new ScimError(
    400,
    name === 'filter' ? 'invalidFilter' : 'invalidValue',
    `${name} must be text, once.`,
  );
}

function numberIn(query: Query, name: string): number | undefined {
  const text = textIn(query, name);
  if (text === undefined) return undefined;
  if (!/^-?\d{1,9}$/.test(text)) throw new ScimError(400, 'invalidValue', `${name} must be a whole number.`);
  return Number(text);
}
