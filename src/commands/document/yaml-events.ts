/** What an event of js-yaml's parser tells about a value: where it begins, its tag and its anchor. */
import {
  type AliasEvent,
  type DocumentDirective,
  EVENT_ID,
  type MappingEvent,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
} from 'js-yaml';

/** A value that is spelled out. */
export type ContentEvent = ScalarEvent | SequenceEvent | MappingEvent;
export type NodeEvent = ContentEvent | AliasEvent;

const coreTags = 'tag:yaml.org,2002:';

export const textTag = `${coreTags}str`;
export const listTag = `${coreTags}seq`;
export const objectTag = `${coreTags}map`;

/** The first character of the value and its properties; negative for an empty value, of which nothing is there. */
export function startOf(event: NodeEvent): number {
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart;
  const content = event.type === EVENT_ID.SCALAR ? startOfText(event) : event.start;
  return earlier(earlier(event.anchorStart, event.tagStart), content);
}

/** The text of a block begins on the line after its indicator. */
function startOfText({ valueStart, style }: ScalarEvent): number {
  const isBlock = style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK;
  return isBlock ? valueStart - 1 : valueStart;
}

/** The earlier one of two positions, of which either may be absent. */
function earlier(one: number, other: number): number {
  return one < 0 || other < 0 ? Math.max(one, other) : Math.min(one, other);
}

/** The name of the anchor at a value, or that an alias refers to. */
export function anchorOf(text: string, { anchorStart, anchorEnd }: NodeEvent): string | undefined {
  return anchorStart < 0 ? undefined : text.slice(anchorStart, anchorEnd);
}

/** The full name of the tag. None for `!` either, which only says that text is to be taken as it stands. */
export function tagOf(
  text: string,
  { tagStart, tagEnd }: ContentEvent,
  directives: readonly DocumentDirective[],
): string | undefined {
  const tag = text.slice(tagStart, tagEnd);
  if (tagStart < 0 || tag === '!') return undefined;
  if (tag.startsWith('!<')) return tag.slice(2, -1);
  const handle = tag.slice(0, tag.lastIndexOf('!') + 1);
  const directive = directives.find((each) => each.kind === 'tag' && each.handle === handle);
  const prefix = directive?.kind === 'tag' ? directive.prefix : handle === '!!' ? coreTags : handle;
  return prefix + tag.slice(handle.length);
}

/** Behind the dash of an item of a list. The item before it ends at this position, but for closing brackets and the like. */
export function afterDash(text: string, position: number): number {
  const dash = /(?:[\s\]},:"'?]|#.*)*-/y;
  dash.lastIndex = position;
  return dash.test(text) ? dash.lastIndex : position;
}

/** The start of the next document, when the one before it ends at this position. */
export function documentAfter(text: string, position: number): number {
  const marker = /^---/gm;
  marker.lastIndex = position;
  return marker.exec(text)?.index ?? position;
}

/** Directives before a document that ask for more than YAML 1.2, which would read other values out of the same text. */
export function foreignDirectives(header: string): { index: number; line: string }[] {
  const found = header.matchAll(/^%(?!TAG\s|YAML\s+1\.2\s).*/gm);
  return [...found].map(({ index, 0: line }) => ({ index, line: line.trim() }));
}
