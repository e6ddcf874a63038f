/** Forms of our own pages: reading what they post, and telling it from what another site posts in a browser's name. */
import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fault, invalidRequest } from '../errors.ts';
import { cookieOf, setCookie } from './cookies.ts';
import { type Html, html } from './html.ts';
import { isSecure, type PublicUrl } from './public-url.ts';

const formMediaType = 'application/x-www-form-urlencoded';

/** Lets the routes that `mount` adds take forms beside JSON; their body is then a URLSearchParams. */
export function withForms(app: FastifyInstance, mount: (app: FastifyInstance) => void): void {
  app.register(async (scope) => {
    scope.addContentTypeParser(formMediaType, { parseAs: 'string' }, (_request, body, done) => {
      const form = new URLSearchParams(body as string);
      // No database keeps NUL as it came.
      const isText = [...form.values()].every((value) => !value.includes('\0'));
      done(isText ? null : invalidRequest(fault('body.text')), form);
    });
    mount(scope);
  });
}

/** The fields that a form posted; none when the body is no form. */
export function formOf({ body }: FastifyRequest): URLSearchParams {
  return body instanceof URLSearchParams ? body : new URLSearchParams();
}

/** The name of the hidden field. */
const tokenField = 'form_token';

/**
 * Guards forms against other sites: a form carries what only a page that was sent to this very browser can know, the
 * hash of a cookie. It holds before anybody is signed in, too.
 */
export class FormGuard {
  readonly #publicUrl: PublicUrl;

  constructor(publicUrl: PublicUrl) {
    this.#publicUrl = publicUrl;
  }

  /** The hidden field for a form on the page that `reply` brings. */
  field(request: FastifyRequest, reply: FastifyReply): Html {
    let secret = this.#secretOf(request);
    if (secret === undefined) {
      secret = randomBytes(32).toString('base64url');
      setCookie(reply, this.#cookie, secret, { secure: isSecure(this.#publicUrl) });
    }
    return html`<input type="hidden" name="${tokenField}" value="${tokenOf(secret)}">`;
  }

  /** Whether the posted form is one of a page of ours in this browser. */
  isOwn(request: FastifyRequest): boolean {
    if (isFromElsewhere(request)) return false;
    const secret = this.#secretOf(request);
    const given = Buffer.from(formOf(request).get(tokenField) ?? '');
    const wanted = Buffer.from(secret === undefined ? '' : tokenOf(secret));
    return wanted.length > 0 && given.length === wanted.length && timingSafeEqual(given, wanted);
  }

  /** Over TLS, a name that no other host of the domain can plant a cookie under (RFC 6265bis section 4.1.3.2). */
  get #cookie(): string {
    return isSecure(this.#publicUrl) ? '__Host-anteroom_form' : 'anteroom_form';
  }

  #secretOf(request: FastifyRequest): string | undefined {
    const value = cookieOf(request, this.#cookie);
    return value !== undefined && /^[\w-]{43}$/.test(value) ? value : undefined;
  }
}

/** Whether the browser says that another site sent the request; browsers that say nothing are not told apart. */
export function isFromElsewhere({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

function tokenOf(secret: string): string {
  return hash('sha256', `form ${secret}`, 'base64url');
}
