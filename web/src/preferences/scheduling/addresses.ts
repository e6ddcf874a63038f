import { isEmail } from '../../../../src/directory/email.ts';

export interface PastedAddresses {
  readonly emails: readonly string[];
  /** What looks like no address, as it was written. */
  readonly rest: readonly string[];
}

/** The addresses in a text as people paste it: divided by commas, semicolons, spaces or lines, with or without names. */
export function addressesIn(text: string): PastedAddresses {
  const emails: string[] = [];
  const rest: string[] = [];
  for (const entry of text.split(/[,;\n\r]+/)) {
    const named = /<([^<>]+)>/.exec(entry)?.[1];
    for (const word of (named ?? entry).split(/\s+/).filter((part) => part !== '')) {
      (isEmail(word) ? emails : rest).push(word);
    }
  }
  return { emails, rest };
}
