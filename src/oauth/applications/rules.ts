import { type Fault, fault, quote } from '../../errors.ts';
import type { Compatibility, Reading } from '../../request/body.ts';
import { readBody } from '../../request/body.ts';
import type { Integration, IntegrationKind } from '../integration-registry.ts';
import { isRedirectUrl } from '../integrations.ts';
import { ApplicationUpdate, NewApplication } from './schema.ts';

/** What an administrator says of an integration. */
export type Registration = Pick<
  Integration,
  'kind' | 'name' | 'description' | 'contactEmail' | 'redirectUrls' | 'scopes'
> & { readonly isPublic: boolean };

/** Reads the registration of a new integration; a 400 with all faults. */
export function readNewApplication(body: unknown, compatibility: Compatibility): Registration {
  const initial = { description: '', contactEmail: '', isNative: false, isPublic: false };
  const reading = readBody(NewApplication, body, initial, compatibility);
  const kind = reading.isSound('isNative') && reading.fields.isNative === true ? 'native' : 'web';
  judgeRedirectUrls(reading, kind);
  const { isPublic = false, ...fields } = reading.accepted();
  return { ...registrationFrom(fields, kind), isPublic: isPublic || kind === 'native' };
}

/** The integration as an update of it leaves it; a 400 with all faults. What kind it is stays as it is. */
export function readApplicationUpdate(
  stored: Integration,
  body: unknown,
  compatibility: Compatibility,
): Integration {
  const { name, description, contactEmail, redirectUrls, scopes } = stored;
  const known = { name, description, contactEmail, redirectUrls: [...redirectUrls], scopes: [...scopes] };
  const reading = readBody(ApplicationUpdate, body, known, compatibility);
  judgeRedirectUrls(reading, stored.kind);
  return { ...stored, ...registrationFrom(reading.accepted(), stored.kind) };
}

type Fields = Pick<NewApplication, 'name' | 'description' | 'contactEmail' | 'redirectUrls' | 'scopes'>;

function registrationFrom(fields: Fields, kind: IntegrationKind): Omit<Registration, 'isPublic'> {
  const { name, description = '', contactEmail = '', redirectUrls, scopes } = fields;
  const distinct = [...new Set(scopes)] as Integration['scopes'][number][];
  return {
    kind,
    name,
    description,
    contactEmail,
    redirectUrls: [...new Set(redirectUrls)],
    scopes: distinct,
  };
}

function judgeRedirectUrls(
  reading: Reading<{ readonly redirectUrls: readonly string[] }>,
  kind: IntegrationKind,
): void {
  if (!reading.isSound('redirectUrls')) return;
  for (const found of redirectUrlFaults(reading.fields.redirectUrls, kind)) reading.add(found);
}

/** One fault for each URL that users may not be sent back to. */
export function redirectUrlFaults(urls: readonly string[], kind: IntegrationKind): Fault[] {
  return urls
    .filter((url) => !isRedirectUrl(url, kind))
    .map((url) => fault('application.redirect-url', `The redirect URL ${quote(url)}`));
}
