/** Lists of addresses and tables as people paste them: from spreadsheets, address books and files (RFC 4180). */

/** The cells of each line that is not empty; cells are divided by commas, semicolons or tabs. */
export function parseTable(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^,;\t\n]*))(,|;|\t|\n|$)/gy;
  const source = text.replaceAll(/\r\n?/g, '\n').replace(/^\uFEFF/, '');
  while (cell.lastIndex < source.length) {
    const [match, quoted, bare = '', end] = cell.exec(source) ?? [];
    // What is neither a quoted nor a bare cell is taken as it is.
    if (match === undefined)
      return text.split('\n').map((line) => line.split(/[,;\t]/).map((part) => part.trim()));
    rows.at(-1)!.push((quoted?.replaceAll('""', '"') ?? bare).trim());
    if (end === '\n') rows.push([]);
  }
  return rows.filter((cells) => cells.some((text) => text !== ''));
}

/** Everything in a text that looks like an address, each once, in any case. */
export function addressesIn(text: string): string[] {
  const found = text.match(/[^\s,;<>"'()]+@[^\s,;<>"'()]+/g) ?? [];
  return [...new Map(found.map((address) => [address.toLowerCase(), address])).values()];
}

/** A table for a spreadsheet: cells that it could take for formulas are marked as text. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.map(quoted).join(',')).join('\r\n');
}

function quoted(text: string): string {
  const harmless = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",;\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
