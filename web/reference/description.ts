/** The served description as people read it: scopes and rules in words, and examples of every request. */
import { samplesOf } from './samples.ts';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly example?: unknown;
  readonly schema?: { readonly example?: unknown; readonly default?: unknown };
}

export interface DescribedOperation {
  readonly description: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly example: unknown }>> };
  readonly responses: Readonly<Record<string, { readonly content?: object }>>;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly 'x-rules'?: readonly { readonly id: string; readonly description: string }[];
}

export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: {
    readonly securitySchemes: Readonly<Record<string, { readonly description?: string }>>;
  };
}

/**
 * `server` is where the examples send their requests, without a trailing slash; `tokenHint` is said beside the field for
 * a token.
 */
export function forReaders(description: Description, server: string, tokenHint: string): Description {
  const paths = Object.entries(description.paths).map(([path, operations]) => [
    path,
    Object.fromEntries(
      Object.entries(operations).map(([method, operation]) => [
        method,
        {
          ...operation,
          description: [operation.description, scopesOf(operation), rulesOf(operation)].join('\n\n').trim(),
          parameters: operation.parameters?.map(leftOutAtFirst),
          'x-codeSamples': samplesOf(sampleRequest(server, path, method, operation)),
        },
      ]),
    ),
  ]);
  const securitySchemes = Object.entries(description.components.securitySchemes).map(([name, scheme]) => [
    name,
    name === 'bearer' ? { ...scheme, description: `${tokenHint}\n\n${scheme.description ?? ''}` } : scheme,
  ]);
  return {
    ...description,
    paths: Object.fromEntries(paths),
    components: { ...description.components, securitySchemes: Object.fromEntries(securitySchemes) },
  };
}

/** What may be left out is not filled in: an example of somebody else's address would make most first tries fail. */
function leftOutAtFirst(parameter: Parameter): Parameter {
  const { example, ...rest } = parameter;
  if (parameter.in !== 'query' || parameter.required || example === undefined) return parameter;
  return { ...rest, description: `${parameter.description ?? ''} For example \`${example}\`.`.trim() };
}

/** Each set of scopes that suffices. */
function scopesOf({ security = [] }: DescribedOperation): string {
  const choices = security.map((needed) =>
    Object.values(needed)
      .flat()
      .map((scope) => `\`${scope}\``)
      .join(' and '),
  );
  return choices.length === 0 ? '' : `**Scope:** ${[...new Set(choices)].join(', or ')}.`;
}

function rulesOf({ 'x-rules': rules = [] }: DescribedOperation): string {
  if (rules.length === 0) return '';
  const lines = rules.map(({ id, description }) => `- ${description} \`${id}\``);
  return `**Rules beyond the schema:**\n\n${lines.join('\n')}`;
}

function sampleRequest(server: string, path: string, method: string, operation: DescribedOperation) {
  const { parameters = [], requestBody, responses } = operation;
  const inPath = parameters.filter((parameter) => parameter.in === 'path');
  const filled = inPath.reduce(
    (text, parameter) => text.replace(`{${parameter.name}}`, encodeURIComponent(exampleOf(parameter))),
    path,
  );
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map((parameter) => `${parameter.name}=${encodeURIComponent(exampleOf(parameter))}`);
  const [mediaType, body] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  return {
    method: method.toUpperCase(),
    url: `${server}${filled}${query.length === 0 ? '' : `?${query.join('&')}`}`,
    body: mediaType === undefined ? undefined : { mediaType, value: body!.example },
    hasAnswer: Object.entries(responses).some(
      ([status, { content }]) => status[0] === '2' && content !== undefined,
    ),
  };
}

function exampleOf({ name, example, schema }: Parameter): string {
  return String(example ?? schema?.example ?? schema?.default ?? name);
}
