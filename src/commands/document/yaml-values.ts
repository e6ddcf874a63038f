/** What single values mean in YAML: the core schema of YAML 1.2.2, section 10.3.2, and nothing else. And how they are written. */
import {
  boolCoreTag,
  DEFAULT_SCALAR_STYLE_RULES,
  DUMP_SCHEMA,
  type DumpOptions,
  dump,
  floatCoreTag,
  intCoreTag,
  NOT_RESOLVED,
  nullCoreTag,
  SCALAR_STYLE,
  type ScalarLayout,
  type ScalarTagDefinition,
  type TagDefinition,
} from 'js-yaml';
import { textTag } from './yaml-events.ts';

/** Numbers that no double can hold are infinite, as in JSON: js-yaml would take them for text. */
function withInfinite<Tag extends TagDefinition>(tag: Tag): Tag {
  if (tag.nodeKind !== 'scalar' || tag.tagName !== floatCoreTag.tagName) return tag;
  const resolve: ScalarTagDefinition['resolve'] = (source, isExplicit, tagName) => {
    const value = tag.resolve(source, isExplicit, tagName);
    if (value !== NOT_RESOLVED || !/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(source)) return value;
    return Number(source);
  };
  return { ...tag, resolve };
}

const tags = [nullCoreTag, boolCoreTag, intCoreTag, withInfinite(floatCoreTag)];

const tagsByFirstCharacter = new Map<string, ScalarTagDefinition[]>();
for (const tag of tags) {
  for (const character of tag.implicitFirstChars ?? []) {
    tagsByFirstCharacter.set(character, [...(tagsByFirstCharacter.get(character) ?? []), tag]);
  }
}

/** The value of text without quotes and without a tag. */
export function plainValue(source: string): unknown {
  for (const tag of tagsByFirstCharacter.get(source.charAt(0)) ?? []) {
    const value = tag.resolve(source, false, tag.tagName);
    if (value !== NOT_RESOLVED) return value;
  }
  return source;
}

/** The value of text that a tag says the kind of; undefined when the text is not of that kind, or the tag is unknown. */
export function taggedValue(source: string, tagName: string): unknown {
  if (tagName === textTag) return source;
  const value = tags.find((tag) => tag.tagName === tagName)?.resolve(source, true, tagName);
  return value === NOT_RESOLVED ? undefined : value;
}

const options: DumpOptions = {
  /** Text is without quotes only where every version of YAML takes it for text. */
  schema: DUMP_SCHEMA.withTags(DUMP_SCHEMA.tags.map(withInfinite)),
  /** Lines of text stand in quotes: the indentation of a block would get lost among the pieces of an export. */
  scalarStyleRules: Object.values({
    ...DEFAULT_SCALAR_STYLE_RULES,
    tryLongOrMultilineAsBlock(layout: ScalarLayout): void {
      if (layout.node.value.includes('\n')) layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
    },
  }),
  quoteStyle: 'double',
  lineWidth: -1,
  noRefs: true,
};

/** The value in YAML, in lines that end with a line feed. */
export function yamlText(value: unknown): string {
  return dump(value, options);
}
