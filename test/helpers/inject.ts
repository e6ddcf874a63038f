/** A client without sockets, for suites of many thousand requests: the app answers in this process. */
import type { AppParts } from '../../src/app.ts';
import type { Database } from '../../src/platform/database.ts';
import type { Client } from './client.ts';
import { inspectAnswer } from './leaks.ts';
import { buildTestApp } from './server.ts';

export function injectClientOf(database: Database, parts: Partial<AppParts> = {}): Client {
  const app = buildTestApp(database, parts);
  return async ({ method = 'GET', path, as, body, headers = {} }) => {
    const response = await app.inject({
      method: method as 'GET',
      url: path,
      headers: {
        ...(as === undefined ? {} : { authorization: `Bearer anteroom-dev-${as}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = response.payload;
    inspectAnswer(response.statusCode, text, as === undefined ? [] : [`anteroom-dev-${as}`]);
    return {
      status: response.statusCode,
      headers: new Headers(response.headers as Record<string, string>),
      text,
      body: text === '' ? undefined : JSON.parse(text),
    };
  };
}
