/** The line on top of the reference: back to the application, and as whom its requests are made. */
import markUrl from '../src/app/mark.svg';
import type { ReferenceTexts } from './texts.ts';

/** The fields of GET /session that are shown. */
interface Session {
  readonly email: string;
  readonly displayName: string;
}

/** Who is signed in; undefined for nobody. */
export async function signedIn(): Promise<Session | undefined> {
  const response = await fetch('/session');
  return response.ok ? ((await response.json()) as Session) : undefined;
}

/** The header as an element. */
export function header(session: Session | undefined, texts: ReferenceTexts): HTMLElement {
  // The reference has a banner of its own on narrow screens.
  const bar = element('nav', 'site-header');
  bar.ariaLabel = 'Anteroom';
  const home = element('a', 'home');
  home.href = '/';
  const mark = element('img');
  mark.src = markUrl;
  mark.alt = '';
  home.append(mark, 'Anteroom');
  const caller = element('span', 'caller');
  if (session === undefined) {
    const link = element('a');
    link.href = `/sign-in?return=${encodeURIComponent(location.pathname)}`;
    link.textContent = texts.signIn;
    caller.append(link);
  } else {
    const name = element('span', 'name');
    name.textContent = `${texts.callsAs} `;
    caller.append(name, session.displayName);
    caller.title = session.email;
  }
  bar.append(home, caller);
  return bar;
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className = '',
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  return made;
}
