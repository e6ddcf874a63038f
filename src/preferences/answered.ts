import { crc32 } from 'node:zlib';

/** A document as it is answered. */
export interface Answered {
  readonly text: string;
  /** Differs whenever the text does (RFC 9110 section 8.8.3). */
  readonly etag: string;
}

/** Facts are joined as text, because what is stored is text already. */
export function withFacts(text: string, tag: string, facts: object | undefined): Answered {
  if (facts === undefined) return { text, etag: `"${tag}"` };
  const factsText = JSON.stringify(facts);
  return { text: `${text.slice(0, -1)},${factsText.slice(1)}`, etag: `"${tag}-${crc32(factsText)}"` };
}
