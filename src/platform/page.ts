/** Pages that the server writes itself, for what has to work without a script: signing in, giving consent. */
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { type Html, html } from './html.ts';

export interface Page {
  readonly title: string;
  readonly body: Html;
  /** Origins beside our own that a form on it may lead to, also by a redirect. */
  readonly formTargets?: readonly string[];
  /** A path to go on to at once. */
  readonly goOnTo?: string;
}

const stylesheetPath = '/pages.css';
const yearSeconds = 31_536_000;
let stylesheet: { text: string; version: string } | undefined;

/** Read at the first page: the start of the server does without it. */
function loadStylesheet(): { text: string; version: string } {
  if (stylesheet === undefined) {
    const text = readFileSync(new URL('./page.css', import.meta.url), 'utf8');
    stylesheet = { text, version: hash('sha256', text, 'hex').slice(0, 12) };
  }
  return stylesheet;
}

/** Answers GET for the one stylesheet of all pages. */
export function mountPageStyle(app: FastifyInstance): void {
  app.get(stylesheetPath, async (_request, reply) => {
    reply.header('cache-control', `public, max-age=${yearSeconds}, immutable`);
    reply.type('text/css;charset=UTF-8');
    return loadStylesheet().text;
  });
}

/** Sends a page that runs no script, is in no frame and sends its forms nowhere else. */
export function sendPage(reply: FastifyReply, page: Page, status = 200): FastifyReply {
  const targets = ["'self'", ...(page.formTargets ?? [])].join(' ');
  // No other site has to read a page, as it may what the API answers.
  reply.removeHeader('access-control-allow-origin').removeHeader('access-control-expose-headers');
  return reply
    .code(status)
    .headers({
      'content-security-policy': `default-src 'none'; style-src 'self'; form-action ${targets}; frame-ancestors 'none'; base-uri 'none'`,
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
    })
    .type('text/html;charset=UTF-8')
    .send(documentOf(page).text);
}

function documentOf({ title, body, goOnTo }: Page): Html {
  const refresh =
    goOnTo === undefined ? undefined : html`<meta http-equiv="refresh" content="0;url=${goOnTo}">`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${refresh}
<title>${title} · Anteroom</title>
<link rel="stylesheet" href="${stylesheetPath}?${loadStylesheet().version}">
</head>
<body>
<main>
<p class="brand"><span aria-hidden="true"></span>Anteroom</p>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;
}
