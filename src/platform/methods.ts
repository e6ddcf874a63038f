import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type ApiError, methodNotAllowed } from '../errors.ts';

/**
 * Tells a known path from an unknown one when the method fits no route: a 405 with Allow for the former, undefined
 * for the latter. The router itself answers both with 404.
 */
export function refuseOtherMethods(app: FastifyInstance): (request: FastifyRequest) => ApiError | undefined {
  const paths = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  app.addHook('onRoute', ({ url, method }) => {
    const known = paths.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() };
    for (const name of [method].flat()) known.methods.add(name);
    paths.set(url, known);
  });
  return (request) => {
    const path = request.url
      .replace(/\?.*$/s, '')
      .replace(/\/{2,}/g, '/')
      .replace(/(.)\/$/, '$1');
    for (const { pattern, methods } of paths.values()) {
      if (pattern.test(path)) return methodNotAllowed(request.method, [...methods].sort());
    }
    return undefined;
  };
}

function patternOf(url: string): RegExp {
  const parts = url.split('/').map((part) => {
    if (part === '*') return '.*';
    return part.startsWith(':') ? '[^/]+' : RegExp.escape(part);
  });
  return new RegExp(`^${parts.join('/')}$`);
}
