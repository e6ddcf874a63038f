/** The web application, under the paths that people see in their browser. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '../errors.ts';
import { type Asset, BuiltPages } from './pages.ts';

/** Which paths show which page. What stands behind the first part of a path is for the page itself to route. */
const pages: Readonly<Record<string, readonly string[]>> = {
  'index.html': ['/', '/preferences', '/preferences/*', '/admin', '/admin/*'],
  'docs.html': ['/docs'],
};

/** Where `npm run build:web` puts the application. */
export const builtWeb = join(import.meta.dirname, '..', '..', 'dist', 'web');

/** Stands in the built HTML wherever the nonce of the answer belongs. */
const noncePlaceholder = /__CSP_NONCE__/g;

export function mountWeb(app: FastifyInstance, folder: string = builtWeb): void {
  const built = new BuiltPages(folder);
  for (const [name, paths] of Object.entries(pages)) {
    for (const path of paths) app.get(path, async (_request, reply) => sendPage(built, name, reply));
  }
  app.get<{ Params: { name: string } }>('/assets/:name', async (request, reply) => {
    const asset = await built.asset(request.params.name);
    if (asset === undefined) {
      throw notFound('request.path', 'There is no such file; reload the page to get the current ones.');
    }
    return sendAsset(asset, request, reply);
  });
}

async function sendPage(built: BuiltPages, name: string, reply: FastifyReply): Promise<string> {
  reply.type('text/html;charset=UTF-8');
  const page = await built.page(name);
  if (page === undefined) {
    reply.code(503).headers({ 'content-security-policy': "default-src 'none'", 'retry-after': '60' });
    return '<!doctype html><title>Anteroom</title><p>The API runs, but the web pages were not built: run <code>npm run build:web</code>.</p>\n';
  }
  const nonce = randomBytes(16).toString('base64');
  reply.headers({
    'content-security-policy': policy(nonce),
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'referrer-policy': 'same-origin',
    'x-frame-options': 'DENY',
  });
  return page.replace(noncePlaceholder, nonce);
}

/** Nothing from elsewhere and nothing inline, but for the style elements that carry the nonce of this one answer. */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The name of an asset changes with its content: whoever has it never needs to ask again. */
function sendAsset(asset: Asset, request: FastifyRequest, reply: FastifyReply): Buffer {
  const accepted = String(request.headers['accept-encoding'] ?? '');
  const isAccepted = (coding: string): boolean =>
    new RegExp(`\\b${coding}\\b(?!;q=0(\\.0*)?\\b)`).test(accepted);
  const coding =
    asset.brotli && isAccepted('br') ? 'br' : asset.gzip && isAccepted('gzip') ? 'gzip' : undefined;
  reply.type(asset.mediaType).headers({
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
    ...(coding === undefined ? {} : { 'content-encoding': coding }),
  });
  return coding === 'br' ? asset.brotli! : coding === 'gzip' ? asset.gzip! : asset.content;
}
