/** What oidc-provider would show people: our pages in its place. It hands them over, and we answer. */
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type { Page } from '../platform/page.ts';
import { exchangeOf } from './exchange.ts';
import {
  deviceConnectedPage,
  errorPage,
  onwardPage,
  userCodeConfirmationPage,
  userCodePage,
} from './pages.ts';

/** Answers with a page of ours in the place of what Koa would write. */
function show(ctx: KoaContextWithOIDC, page: Page, status = 200): void {
  const exchange = exchangeOf(ctx.req);
  if (exchange === undefined) throw new Error('a page without a request');
  exchange.page = page;
  ctx.status = status;
  ctx.respond = false;
}

/** The routes that a browser is sent to; programs call all others and are answered in JSON (RFC 6749 section 5.2). */
const ofBrowsers: readonly string[] = ['authorization', 'resume', 'device_resume', 'code_verification'];

export const renderError: NonNullable<Configuration['renderError']> = (ctx, out) => {
  if (!ofBrowsers.includes(ctx.oidc.route)) {
    ctx.body = out;
    return;
  }
  const isOver = out.error === 'invalid_request' && /session|expired/.test(out.error_description ?? '');
  show(ctx, errorPage(isOver ? 'expired' : out.error, out.error_description), ctx.status);
};

type DeviceFlow = NonNullable<NonNullable<Configuration['features']>['deviceFlow']>;

/** What the person who holds a device sees (RFC 8628 section 3.3). */
export const sendDevicePages: Pick<
  DeviceFlow,
  'userCodeInputSource' | 'userCodeConfirmSource' | 'successSource'
> = {
  userCodeInputSource: (ctx, _html, _out, error) => {
    const form = formOf(ctx);
    if (!isKept(ctx)) {
      show(ctx, onwardPage(form.path), 400);
      return;
    }
    const userCode = exchangeOf(ctx.req)?.userCode;
    const page = userCodePage({ ...form, userCode }, error && faultOf(error));
    show(ctx, page, error === undefined ? 200 : ctx.status);
  },
  userCodeConfirmSource: (ctx, _form, client, _deviceInfo, userCode) => {
    show(ctx, userCodeConfirmationPage({ ...formOf(ctx), userCode }, client.clientName ?? client.clientId));
  },
  successSource: (ctx) => {
    const { clientName, clientId } = ctx.oidc.client!;
    show(ctx, deviceConnectedPage(clientName ?? clientId));
  },
};

/**
 * Whether the form can be posted: the secret in it is in a session that the database knows. A request that failed in a
 * browser without one has none, and oidc-provider must not try to save it: it cannot.
 */
function isKept(ctx: KoaContextWithOIDC): boolean {
  const session = ctx.oidc.session as { exp?: number; touched?: boolean } | undefined;
  if (ctx.method === 'GET' && ctx.oidc.route === 'code_verification') return true;
  if (session?.exp !== undefined) return true;
  if (session !== undefined) session.touched = false;
  return false;
}

function formOf(ctx: KoaContextWithOIDC): { path: string; secret: string } {
  const state = ctx.oidc.session?.state as { secret?: string } | undefined;
  return { path: new URL(ctx.oidc.urlFor('code_verification')).pathname, secret: state?.secret ?? '' };
}

const faults: Readonly<Record<string, string>> = {
  NoCodeError: 'Enter the code that your device shows.',
  NotFoundError: 'No device waits with this code. Check it, or have your device show a new one.',
  ExpiredError: 'This code has expired. Have your device show a new one.',
  AlreadyUsedError: 'This code was used already. Have your device show a new one.',
  AbortedError: 'You cancelled it: the device gets no access.',
};

function faultOf({ name }: Error): string {
  return faults[name] ?? 'That did not work. Please enter the code once more.';
}
