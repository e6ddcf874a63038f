/** Reads a request body as JSON, refusing what JSON.parse would let through unnoticed. */
import { isUtf8 } from 'node:buffer';
import { type Fault, fault, invalidRequest, refuseIf } from '../errors.ts';

const maximumDepth = 32;

const byte = {
  quote: 0x22,
  backslash: 0x5c,
  colon: 0x3a,
  openList: 0x5b,
  closeList: 0x5d,
  open: 0x7b,
  close: 0x7d,
};

/**
 * The value of `bytes`. A 400 for what is not JSON in UTF-8 (RFC 8259 section 8.1), for a field given twice, for more
 * than 32 levels, and for text with half a surrogate pair or NUL, which no database keeps as it came.
 */
export function parseJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw invalidRequest(fault('body.json', undefined, 'it is not UTF-8'));
  const { depth, colons } = scan(bytes);
  if (depth > maximumDepth) throw invalidRequest(fault('body.depth'));
  const whole = bytes.toString('utf8');
  const text = whole.startsWith('\uFEFF') ? whole.slice(1) : whole;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidRequest(fault('body.json'));
  }
  const plain = withPlainNames(text);
  if (plain !== text) value = JSON.parse(plain);
  // Every field has one colon outside of text; JSON.parse keeps the last of two with the same name.
  const faults: Fault[] = countFields(value) === colons ? [] : [fault('body.duplicate-field')];
  // Only an escape can spell half a surrogate pair or NUL: UTF-8 has no form for one, JSON forbids the other bare.
  if (text.includes('\\u') && !isStorable(value)) faults.push(fault('body.text'));
  refuseIf(faults);
  return value;
}

/**
 * Valid JSON with escapes in the names of fields only where there is no other way. V8 can take an escaped name for one of
 * an earlier text (https://github.com/nodejs/node/issues/63785): one client could hide a field of another.
 */
function withPlainNames(json: string): string {
  if (!json.includes('\\')) return json;
  return json.replace(/("[^"\\]*(?:\\.[^"\\]*)*")(?=[ \t\r\n]*(:?))/g, (token, _text, colon) =>
    colon === ':' && token.includes('\\') ? JSON.stringify(JSON.parse(token)) : token,
  );
}

/** Whether an object in the JSON text `bytes`, whose value is `value`, has a field twice. */
export function repeatsField(bytes: Buffer, value: unknown): boolean {
  return countFields(value) !== scan(bytes).colons;
}

/** Nesting depth and number of colons outside of text, in one pass over the bytes. */
function scan(bytes: Buffer): { depth: number; colons: number } {
  let level = 0;
  let depth = 0;
  let colons = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    const current = bytes[index];
    if (current === byte.quote) index = endOfText(bytes, index);
    else if (current === byte.colon) colons += 1;
    else if (current === byte.open || current === byte.openList) {
      level += 1;
      if (level > depth) depth = level;
    } else if (current === byte.close || current === byte.closeList) level -= 1;
  }
  return { depth, colons };
}

function endOfText(bytes: Buffer, start: number): number {
  let index = start + 1;
  while (index < bytes.length && bytes[index] !== byte.quote)
    index += bytes[index] === byte.backslash ? 2 : 1;
  return index;
}

function countFields(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) for (const inner of value) count += countFields(inner);
  else for (const inner of Object.values(value)) count += 1 + countFields(inner);
  return count;
}

function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return isStorableText(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, inner]) => isStorableText(key) && isStorable(inner));
}

function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
