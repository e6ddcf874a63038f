/** The SQL in the sources: every text of it, with the constants of its module filled in. */
import { globSync, readFileSync } from 'node:fs';

export interface SqlText {
  /** From the root of the project. */
  readonly file: string;
  readonly sql: string;
}

const root = new URL('../../', import.meta.url);
const literal = /`(?:[^`\\]|\\.)*`|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g;
const verb = /^\s*(select|insert|update|delete|with|exists|not exists|\()/i;

/** What reads or writes one of `tables`, in src. A part of other texts comes as a part of those. */
export function sqlTextsAbout(tables: readonly string[]): SqlText[] {
  const mentions = new RegExp(`\\b(from|into|update|join)\\s+(${tables.join('|')})\\b`);
  return globSync('src/**/*.ts', { cwd: root }).flatMap((file) => {
    const source = readFileSync(new URL(file, root), 'utf8');
    const constants = new Map(
      [...source.matchAll(/const (\w+) =\s*([`'"])((?:(?!\2)[\s\S])*)\2;/g)].map(([, name, , text]) => [
        name!,
        text!,
      ]),
    );
    const filledIn = (text: string): string =>
      text.replace(/\$\{(\w+)\}/g, (whole, name) =>
        constants.has(name) ? filledIn(constants.get(name)!) : whole,
      );
    const isPart = (text: string): boolean =>
      [...constants].some(([name, other]) => other === text && source.includes(`\${${name}}`));
    return [...source.matchAll(literal)]
      .map(([text]) => text.slice(1, -1))
      .filter((text) => !isPart(text))
      .map((text) => ({ file, sql: filledIn(text) }))
      .filter(({ sql }) => verb.test(sql) && mentions.test(sql));
  });
}
