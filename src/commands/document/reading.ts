/** Reads the text of an import file, JSON or YAML, and knows on which line a value stands. */
import { isUtf8 } from 'node:buffer';
import { repeatsField } from '../../platform/json.ts';
import { type DocumentFault, pathText } from './fault.ts';
import { jsonPositions, repeatedFields } from './json-positions.ts';
import { composeYaml, yamlPositions } from './yaml-composing.ts';

/** A fault of the text itself, before it means anything. */
interface TextFault {
  readonly line: number;
  readonly sentence: string;
}

export interface DocumentText {
  /** Undefined when the text has faults. */
  readonly value: unknown;
  readonly faults: readonly TextFault[];
  /** The lines, from 1, of faults in the value; costs another pass over the text. */
  readonly linesOf: (faults: readonly DocumentFault[]) => number[];
}

/** JSON when the name says so or the text begins with `{`; YAML otherwise. */
export function readDocumentText(bytes: Buffer, name: string): DocumentText {
  if (!isUtf8(bytes)) return broken(1, 'The file is not text in UTF-8.');
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  return /\.json$/i.test(name) || /^\s*\{/.test(text) ? readJson(text, bytes) : readYaml(text);
}

function broken(line: number, sentence: string): DocumentText {
  return { value: undefined, faults: [{ line, sentence }], linesOf: () => [] };
}

function readJson(text: string, bytes: Buffer): DocumentText {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    const line = /line (\d+)/.exec(message)?.[1];
    const position = /position (\d+)/.exec(message)?.[1];
    const end = position === undefined ? text.trimEnd().length : Number(position);
    return broken(
      line === undefined ? linesAt(text, [end])[0]! : Number(line),
      `This is not JSON: ${message}.`,
    );
  }
  const repeated = repeatsField(bytes, value) ? repeatedFields(text) : [];
  const lines = linesAt(
    text,
    repeated.map(({ position }) => position),
  );
  const faults = repeated.map(({ path }, index) => ({
    line: lines[index]!,
    sentence: `${pathText(path)}: ${path.at(-1)} is given twice.`,
  }));
  return {
    value,
    faults,
    linesOf: (found) =>
      linesAt(
        text,
        jsonPositions(
          text,
          found.map(({ path }) => path),
        ),
      ),
  };
}

/** The line of each position, from 1. */
function linesAt(text: string, positions: readonly number[]): number[] {
  const lines = new Map<number, number>();
  let line = 1;
  let at = 0;
  for (const position of [...positions].sort((a, b) => a - b)) {
    for (let end = text.indexOf('\n', at); end >= 0 && end < position; end = text.indexOf('\n', at)) {
      line += 1;
      at = end + 1;
    }
    lines.set(position, line);
  }
  return positions.map((position) => lines.get(position)!);
}

function readYaml(text: string): DocumentText {
  const { value, faults } = composeYaml(text);
  const lines = linesAt(
    text,
    faults.map(({ position }) => position),
  );
  return {
    value,
    faults: faults.map(({ sentence }, index) => ({
      line: lines[index]!,
      sentence: `This is not YAML: ${sentence}.`,
    })),
    linesOf: (found) =>
      linesAt(
        text,
        yamlPositions(
          text,
          found.map(({ path }) => path),
        ),
      ),
  };
}
