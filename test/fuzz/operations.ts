/** The operations of the served description, as far as requests are made of them. */

// biome-ignore lint/suspicious/noExplicitAny: a JSON document
type Json = any;

export interface Described {
  readonly method: string;
  /** With `{name}` for its parts. */
  readonly path: string;
  readonly query: readonly string[];
  /** An example of a body; undefined for none. */
  readonly example: unknown;
  readonly mediaType: string;
  readonly statuses: ReadonlySet<number>;
}

export function operationsOf(description: Json): Described[] {
  return Object.entries<Json>(description.paths).flatMap(([path, methods]) =>
    Object.entries<Json>(methods).map(([method, operation]) => {
      const [[mediaType, content] = ['application/json', {}]] = Object.entries<Json>(
        operation.requestBody?.content ?? {},
      );
      return {
        method: method.toUpperCase(),
        path,
        query: (operation.parameters as Json[]).flatMap((parameter) =>
          parameter.in === 'query' ? [parameter.name] : [],
        ),
        example: content.example,
        mediaType,
        statuses: new Set(Object.keys(operation.responses).map(Number)),
      };
    }),
  );
}
