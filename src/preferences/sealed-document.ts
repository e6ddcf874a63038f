/** Which fields of documents are secrets, and how they lie in the table: sealed, each in its place in the JSON text. */
import type { Secrets } from '../platform/secrets.ts';
import type { Identity } from './version-table.ts';

/** A section has one secret at most; its texts have no escapes. Matches nothing inside of other texts: quotes are escaped there. */
const secretFields: Readonly<Record<string, RegExp>> = {
  personalMeetingRoom: /"hostPin":"([^"\\]*)"/,
  audio: /"audioPin":"([^"\\]*)"/,
};

export function hasSecret(section: string): boolean {
  return section in secretFields;
}

type Change = (text: string, context: string) => string;

function changed(identity: Identity, revision: number, text: string, change: Change): string {
  const field = secretFields[identity[2]];
  if (field === undefined) return text;
  const context = `preferences\n${identity.join('\n')}\n${revision}`;
  return text.replace(field, (found, value: string) => found.replace(value, () => change(value, context)));
}

/** A document in clear as it is stored. */
export function documentSealed(secrets: Secrets, identity: Identity, revision: number, text: string): string {
  if (secrets.keyId === undefined) return text;
  return changed(identity, revision, text, (value, context) => secrets.seal(value, context));
}

/** A stored document in clear. */
export function documentOpened(secrets: Secrets, identity: Identity, revision: number, text: string): string {
  return changed(identity, revision, text, (value, context) => secrets.open(value, context));
}

/** A stored document with its secret sealed by the key in force. */
export function documentResealed(
  secrets: Secrets,
  identity: Identity,
  revision: number,
  text: string,
): string {
  return changed(identity, revision, text, (value, context) => secrets.reseal(value, context));
}
