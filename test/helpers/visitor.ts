/** A browser without a screen: keeps cookies, reads our own pages, posts their forms, and follows redirects when told to. */

export interface Visit {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Where a redirect leads to. */
  readonly location: string | null;
}

interface CookieJar {
  readonly [name: string]: string;
}

export class Visitor {
  readonly url: string;
  #cookies = new Map<string, string>();

  constructor(url: string, cookies: CookieJar = {}) {
    this.url = url;
    this.#cookies = new Map(Object.entries(cookies));
  }

  get cookies(): CookieJar {
    return Object.fromEntries(this.#cookies);
  }

  /** The header with which other requests speak for this browser. */
  get cookieHeader(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** `target` is a path of the server, or a URL anywhere. */
  async visit(target: string, init: RequestInit = {}): Promise<Visit> {
    const headers = new Headers(init.headers);
    headers.set('cookie', this.cookieHeader);
    const response = await fetch(new URL(target, this.url), { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.#take(line);
    const { status, headers: answered } = response;
    return { status, headers: answered, text: await response.text(), location: answered.get('location') };
  }

  /** Follows redirects from `target`; the last answer, or the URL of the first one that `isEnd`, which is not visited. */
  async follow(target: string, isEnd: (url: URL) => boolean = () => false): Promise<Visit & { url: URL }> {
    let url = new URL(target, this.url);
    for (let step = 0; step < 20; step += 1) {
      const visit = await this.visit(url.href);
      if (visit.location === null) return { ...visit, url };
      url = new URL(visit.location, url);
      if (isEnd(url)) return { ...visit, url };
    }
    throw new Error(`there is no end to the redirects from ${target}`);
  }

  /** Posts the form of `page` to `path`: its hidden fields with `fields`. */
  async submit(page: Visit, path: string, fields: Readonly<Record<string, string>> = {}): Promise<Visit> {
    const body = new URLSearchParams({ ...hiddenFieldsOf(page.text), ...fields });
    return this.visit(path, { method: 'POST', body });
  }

  #take(line: string): void {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
    if (/; Max-Age=0\b|; expires=Thu, 01 Jan 1970/i.test(line)) this.#cookies.delete(name!);
    else this.#cookies.set(name!, value!);
  }
}

export function hiddenFieldsOf(text: string): Record<string, string> {
  const fields = text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g);
  return Object.fromEntries([...fields].map(([, name, value]) => [name!, unescaped(value!)]));
}

/** The rule that a page says was broken; undefined when it says nothing of the kind. */
export function ruleOn({ text }: Visit): string | undefined {
  return /role="alert" data-rule="([^"]+)"/.exec(text)?.[1];
}

/** Signs a demo user in the way a developer does. */
export async function signedInAs(url: string, userId: string): Promise<Visitor> {
  const browser = new Visitor(url);
  const page = await browser.visit('/sign-in');
  const { status } = await browser.submit(page, '/sign-in', { user: userId });
  if (status !== 303) throw new Error(`signing in was answered with ${status}`);
  return browser;
}

function unescaped(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}
