/** Building blocks of the import file's schema: each says what is allowed in words that follow "must". */
import { Type } from 'typebox';
import { emailMaxLength, emailPattern } from '../../directory/email.ts';
import { uuidPattern } from '../../directory/person-id.ts';
import { siteUrlPattern } from '../../directory/site-url.ts';

interface Words {
  /** What the value is, for the reference page. */
  readonly description: string;
  /** What is allowed, to follow "must". */
  readonly must: string;
}

interface Limits {
  readonly pattern: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** A secret is never repeated in a message. */
  readonly 'x-secret'?: boolean;
}

export function text({ description, must }: Words, limits: Limits) {
  return Type.String({ ...limits, description, 'x-must': must });
}

/** What people and programs are called through the API, which takes whatever every database keeps as it came. */
export function words(description: string, minLength: number, maxLength: number) {
  const length = minLength === 0 ? `at most ${maxLength}` : `${minLength} to ${maxLength}`;
  const must = `be text of ${length} characters`;
  return text({ description, must }, { pattern: '^[^\\0\\p{Cs}]*$', minLength, maxLength });
}

/** Text in one line that every database keeps as it came: no control characters, no half surrogate pairs. */
export function line(description: string, minLength: number, maxLength: number) {
  const length = minLength === 0 ? `at most ${maxLength}` : `${minLength} to ${maxLength}`;
  const must = `be text of ${length} characters in one line`;
  return text({ description, must }, { pattern: '^[^\\p{Cc}\\p{Cs}]*$', minLength, maxLength });
}

export function uuid(description: string) {
  const must = 'be a uuid in lower case, such as 25bbf831-5be9-4c25-b4b0-9b592c8a086b';
  return text({ description, must }, { pattern: uuidPattern });
}

export function siteUrl(description: string) {
  const must = 'be a bare host such as site4-example.webex.com, without https:// and path';
  return text({ description, must }, { pattern: siteUrlPattern });
}

export function time(description: string) {
  const must = 'be a time with its zone, such as 2030-01-31T12:00:00Z';
  const pattern = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:\\d{2})$';
  return text({ description, must }, { pattern });
}

export function email(description: string) {
  const must = 'be an e-mail address such as john.andersen@example.com';
  return text({ description, must }, { pattern: emailPattern, maxLength: emailMaxLength });
}

/** The SHA-256 of a secret, as the database keeps it; it is not repeated in a message either. */
export function sha256(description: string) {
  const must = 'be the 43 characters of a SHA-256 in base64url without padding';
  return text({ description, must }, { pattern: '^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$', 'x-secret': true });
}
