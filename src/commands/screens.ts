/** What a starting server shows. */
import { demoOrganizations } from '../development/demo.ts';
import { allScopes, meetingScopes, type Scope } from '../identity/scopes.ts';
import { developmentTokenPrefix } from '../identity/tokens.ts';

interface Started {
  readonly url: string;
  readonly version: string;
  /** Without its password. */
  readonly databaseUrl: string;
  /** Whether the database was empty before. */
  readonly isNew: boolean;
}

/** One screen that a newcomer can act on; `Ready` stands last. */
export function developmentScreen({
  url,
  version,
  databaseUrl,
  isNew,
  hasDemo,
}: Started & { hasDemo: boolean }): string {
  const isKept = databaseUrl !== 'sqlite::memory:';
  const place = placeOf(databaseUrl);
  const seeded = isNew
    ? 'the demo organization, made just now'
    : hasDemo
      ? 'as you left it'
      : 'no demo organization';
  const database = `--database-url ${databaseUrl}`;
  return `
Anteroom ${version}, development mode

  Browser      ${url}/  (reference: ${url}/docs)
  API          ${url}/v1
  Description  ${url}/openapi.json
  Data         ${isKept ? place : 'in memory'} (${seeded})

Tokens, which everybody knows:
${tokenLines()}

Try it:
  curl -H "Authorization: Bearer ${developmentTokenPrefix}john" ${url}/v1/meetingPreferences

${
  isKept
    ? `Changes are kept in ${place}. To start afresh: npm run anteroom -- reset ${database}
To keep nothing: npm start -- --memory`
    : 'Nothing is kept. To keep changes, start without --memory.'
}

Ready`;
}

function placeOf(databaseUrl: string): string {
  return databaseUrl.replace(/^sqlite:/, '');
}

function tokenLines(): string {
  const lines = demoOrganizations.flatMap(({ users }) =>
    users.flatMap(({ tokens, displayName, fullAdministrator, administers }) =>
      Object.entries(tokens).map(([name, scopes]) => {
        const role = fullAdministrator ? ', administrator' : administers ? ', site administrator only' : '';
        const rights = rightsOf(scopes);
        return `  ${`${developmentTokenPrefix}${name}`.padEnd(25)}${`${displayName}${role}`.padEnd(40)}${rights}`;
      }),
    ),
  );
  return lines.join('\n');
}

/** The scopes in words where they are many, and without what most of them begin with where they are few. */
function rightsOf(scopes: readonly Scope[]): string {
  if (scopes.length === allScopes.length) return 'all scopes';
  if (scopes.length === meetingScopes.length) return 'all scopes of meetings';
  return scopes.map((scope) => scope.replace('meeting:', '')).join(' ');
}

/** Says how to make the first administrator as long as there is nobody. */
export function productionScreen({
  url,
  version,
  databaseUrl,
  isNew,
  madeKey,
}: Started & { readonly madeKey: string | undefined }): string {
  const database = `--database-url ${databaseUrl}`;
  const firstSteps = `
There is nobody in this database yet. Import a directory, or make the first administrator:
  npm run anteroom -- organization create --name "My organization" ${database}
  npm run anteroom -- site create --organization "My organization" --site-url meet.example.com ${database}
  npm run anteroom -- user create --organization "My organization" --email me@example.com --display-name "My Name" --site meet.example.com --full-administrator --site-administrator meet.example.com ${database}
  npm run anteroom -- token create --user me@example.com --scopes all ${database}
`;
  return `
Anteroom ${version}

  Browser      ${url}/
  API          ${url}/v1
  Description  ${url}/openapi.json
  Data         ${placeOf(databaseUrl)}
${isNew ? firstSteps : ''}${madeKey === undefined ? '' : keyNotice(madeKey)}
Ready`;
}

function keyNotice(file: string): string {
  return `
Made the key ${file}, which PINs are sealed with. Keep a copy in another place than the
copies of the database: without this key nobody can read them, and the server does not start.
`;
}
