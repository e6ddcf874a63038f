/** What a site URL may be: a bare host (RFC 1123 section 2.1), without scheme, port or path. */
export const siteUrlPattern =
  '^(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$';
