/** What holds for every request: who calls, for whom, and what a body may be. */
import { object, type Rule, rule } from './rule.ts';

export const requestRules = {
  // Who is calling (contract sections 1 and 4)
  'token.missing': rule('The Authorization header', 'carry a bearer token', '4'),
  'token.valid': rule('The bearer token', 'be known, unexpired and not revoked', '4'),
  'token.scope': rule('The token', 'have a scope that the operation asks for', '1'),

  // Whose preferences, on which site (contract section 2)
  'subject.own': rule(
    'userEmail',
    'be your own, unless you administer the site with an admin-level scope',
    '2',
  ),
  'subject.user': rule('userEmail', 'be the address of a user of the site', '2'),
  'subject.site': rule('siteUrl', 'be one of the sites of the user', '2'),
  'subject.managed-site': rule('siteUrl', 'be a site you administer', '2'),
  'subject.default-site': rule('The user', 'have a default site when siteUrl is left out', '2'),

  // Query parameters
  'query.single': rule('A query parameter', 'be given once', '4'),
  'query.text': rule('A query parameter', 'be text that is not empty and has no control characters', '4'),

  // Paths and methods
  'request.path': rule('The path', 'be one the server knows', '4'),
  'request.method': rule('The method', 'be one of those the Allow header lists', '4'),
  'request.http': rule(
    'The request',
    'be well-formed HTTP, with headers up to 16 KiB and a URL up to 8 KiB',
    '4',
  ),
  'request.if-match': rule('If-Match', 'name the ETag of what is in force now: read it again', '4'),
  'request.idempotency-key': rule(
    'Idempotency-Key',
    'be 1 to 255 printable ASCII characters, and stand for one request alone',
    '4',
  ),
  'request.address-rate': rule('Requests from one address', 'not come faster than the server allows', '4'),
  'request.token-rate': rule('Requests with one token', 'not come faster than the server allows', '4'),

  // Bodies in general (contract sections 3 to 5)
  'body.needed': rule('The request', 'have a JSON body', '4'),
  'body.media-type': rule('The Content-Type', 'be application/json', '4'),
  'body.size': rule('The body', 'be 64 KiB or less', '4'),
  'body.json': rule('The body', 'be well-formed JSON in UTF-8', '4'),
  'body.depth': rule('The body', 'be nested 32 levels deep or less', '4'),
  'body.duplicate-field': rule('A field', 'be given once', '4'),
  'body.text': rule('Text in the body', 'be complete Unicode without the NUL character', '4'),
  'body.object': rule('The body', object, '3'),
  'body.known-field': rule('The body', 'have at least one field that the operation knows', '5'),
  'body.required-field': rule('A required field', 'be given', '3'),
  'body.subject': rule(
    'userEmail and siteUrl',
    'be query parameters, and say the same where a body repeats them',
    '5',
  ),
  'body.document-size': rule('A section with all its lists', 'be 48 KiB or less', '3'),
} as const satisfies Record<string, Rule>;
