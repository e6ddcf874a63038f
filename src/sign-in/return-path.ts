/** Where a browser goes after it signed in: a path of this server, whatever a link asks for. */

/**
 * `text` when every browser takes it for a path of this very server: one slash first, and none of the characters that
 * browsers read as a slash or leave out. Otherwise `/`.
 */
export function returnPathOf(text: unknown): string {
  return typeof text === 'string' && /^\/(?!\/)[!-[\]-~]*$/.test(text) ? text : '/';
}
