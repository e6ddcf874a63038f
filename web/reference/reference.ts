/** Shows the served description with everything that tries things out on this very server, and on no other one. */
import '@scalar/api-reference/style.css';
import './theme.css';
import { createApiReference } from '@scalar/api-reference';
import { preferredLanguage } from '../src/language/preferred-language.ts';
import { repairAccessibility } from './accessibility.ts';
import { type Description, forReaders } from './description.ts';
import { header, signedIn } from './header.ts';
import { referenceTexts } from './texts.ts';

const language = preferredLanguage();
const texts = referenceTexts[language];
document.title = texts.title;
document.documentElement.lang = language;

const [description, session] = await Promise.all([loadDescription(), signedIn()]);
document.body.prepend(header(session, texts));
repairAccessibility(document.body);
createApiReference('#reference', {
  content: forReaders(description, location.origin, texts.token),
  // Nothing of it may call anybody but this server.
  telemetry: false,
  withDefaultFonts: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  showDeveloperTools: 'never',
  hideClientButton: true,
  documentDownloadType: 'none',
  // The examples of the description take the place of generated ones.
  hiddenClients: true,
  hideDarkModeToggle: true,
  forceDarkModeState: colorScheme(),
  localization: { locale: language, translations: { operation: { testRequest: texts.tryIt } } },
  authentication: { preferredSecurityScheme: 'bearer' },
  customFetch: asCaller,
});

async function loadDescription(): Promise<Description> {
  const response = await fetch('/openapi.json');
  if (response.ok) return (await response.json()) as Description;
  document.querySelector('#reference')!.textContent = texts.failed;
  throw new Error(`/openapi.json answers ${response.status}`);
}

/** What was chosen in the application, else what the system says. */
function colorScheme(): 'dark' | 'light' {
  const chosen = localStorage.getItem('mantine-color-scheme-value');
  if (chosen === 'dark' || chosen === 'light') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Requests without a token are made by the session of this browser. */
function asCaller(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  if (request.headers.get('authorization')?.trim().toLowerCase() === 'bearer') {
    request.headers.delete('authorization');
  }
  if (!request.headers.has('authorization')) request.headers.set('x-anteroom-session', '1');
  return fetch(request);
}
