/** Makes the value of a YAML text out of the events that js-yaml finds in it, with all faults of the text. */
import {
  type AliasEvent,
  type DocumentDirective,
  EVENT_ID,
  type Event,
  getScalarValue,
  type MappingEvent,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
  YAMLException,
} from 'js-yaml';
import { quote } from '../../errors.ts';
import type { Path } from './fault.ts';
import { positionsIn, type Wanted, wantedPlaces } from './wanted-places.ts';
import {
  afterDash,
  anchorOf,
  type ContentEvent,
  documentAfter,
  foreignDirectives,
  listTag,
  type NodeEvent,
  objectTag,
  startOf,
  tagOf,
  textTag,
} from './yaml-events.ts';
import { plainValue, taggedValue } from './yaml-values.ts';

/** How many values all aliases together may stand for: a few lines could otherwise spell billions. */
const maximumAliasedValues = 100_000;

interface YamlFault {
  readonly position: number;
  /** Without a full stop. */
  readonly sentence: string;
}

interface Composed {
  /** Undefined when there are faults. */
  readonly value: unknown;
  readonly faults: readonly YamlFault[];
}

/** The value of the text. Of syntax only the first fault is known; of what the text then says, all. */
export function composeYaml(text: string): Composed {
  let events: Event[];
  try {
    events = parseEvents(text, {});
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return { value: undefined, faults: [{ position: error.mark?.position ?? 0, sentence: reasonOf(error) }] };
  }
  const composer = new Composer(text, events);
  const value = composer.compose();
  return { value: composer.faults.length > 0 ? undefined : value, faults: composer.faults };
}

/** The parser says this of whatever begins nothing that it knows. */
function reasonOf({ reason }: YAMLException): string {
  return reason.startsWith('end of the stream') ? 'nothing can begin like this here' : reason;
}

/**
 * Where each of the paths begins, or the deepest part of it that is there: fields at their name, items at their value.
 * The text must have been composed without faults.
 */
export function yamlPositions(text: string, paths: readonly Path[]): number[] {
  const root = wantedPlaces(paths);
  new Composer(text, parseEvents(text, {})).compose(root);
  return positionsIn(root, paths);
}

class Composer {
  readonly faults: YamlFault[] = [];
  readonly #text: string;
  readonly #events: readonly Event[];
  /** Undefined while the value is being composed. */
  readonly #anchors = new Map<string, { readonly value: unknown; readonly size: number } | undefined>();
  #directives: readonly DocumentDirective[] = [];
  #next = 0;
  /** The end of what was read last, as far as events tell. */
  #end = 0;
  /** Values so far, those that aliases stand for counted again. */
  #values = 0;
  #aliased = 0;

  constructor(text: string, events: readonly Event[]) {
    this.#text = text;
    this.#events = events;
  }

  /** The value of the only document; null when there is none. */
  compose(wanted?: Wanted): unknown {
    const [document] = this.#events;
    if (document?.type !== EVENT_ID.DOCUMENT) return null;
    this.#directives = document.directives;
    this.#next = 1;
    const position = this.#start(this.#events[this.#next] as NodeEvent);
    if (wanted !== undefined) wanted.position = position;
    for (const { index, line } of foreignDirectives(this.#text.slice(0, position))) {
      this.#fault(index, `${quote(line)} is not known; YAML 1.2 is read`);
    }
    const value = this.#value(wanted);
    if (this.#next + 1 < this.#events.length) {
      this.#fault(documentAfter(this.#text, this.#end), 'it has more than one document');
    }
    return value;
  }

  #fault(position: number, sentence: string): undefined {
    this.faults.push({ position, sentence });
  }

  #value(wanted: Wanted | undefined): unknown {
    const event = this.#events[this.#next]! as NodeEvent;
    this.#next += 1;
    if (event.type === EVENT_ID.ALIAS) return this.#aliasedValue(event);
    const before = this.#values;
    this.#values += 1;
    const anchor = anchorOf(this.#text, event);
    if (anchor !== undefined) this.#anchors.set(anchor, undefined);
    const value =
      event.type === EVENT_ID.SCALAR
        ? this.#scalar(event)
        : event.type === EVENT_ID.SEQUENCE
          ? this.#list(event, wanted)
          : this.#object(event, wanted);
    if (anchor !== undefined) this.#anchors.set(anchor, { value, size: this.#values - before });
    return value;
  }

  #aliasedValue(event: AliasEvent): unknown {
    const name = anchorOf(this.#text, event)!;
    this.#end = event.anchorEnd;
    const anchor = this.#anchors.get(name);
    if (anchor === undefined) {
      const reason = this.#anchors.has(name) ? 'stands inside of what it stands for' : 'stands for nothing';
      return this.#fault(event.anchorStart, `the alias ${quote(name)} ${reason}`);
    }
    const before = this.#aliased;
    this.#aliased += anchor.size;
    if (this.#aliased <= maximumAliasedValues) {
      this.#values += anchor.size;
      return anchor.value;
    }
    if (before > maximumAliasedValues) return undefined;
    return this.#fault(event.anchorStart, `aliases stand for more than ${maximumAliasedValues} values`);
  }

  #list(event: SequenceEvent, wanted: Wanted | undefined): unknown[] {
    this.#checkTag(event, listTag);
    this.#end = event.start;
    const list: unknown[] = [];
    for (let item = this.#peek(); item.type !== EVENT_ID.POP; item = this.#peek()) {
      const position = this.#startOfItem(item as NodeEvent);
      const child = wanted?.children.get(list.length);
      if (child !== undefined) child.position = position;
      list.push(this.#value(child));
    }
    this.#next += 1;
    return list;
  }

  #object(event: MappingEvent, wanted: Wanted | undefined): object {
    this.#checkTag(event, objectTag);
    this.#end = event.start;
    const object: Record<string, unknown> = {};
    for (let key = this.#peek(); key.type !== EVENT_ID.POP; key = this.#peek()) {
      const position = this.#start(key as NodeEvent);
      const name = this.#name();
      const child = name === undefined ? undefined : wanted?.children.get(name);
      if (child !== undefined) child.position = position;
      const value = this.#value(child);
      if (name === undefined) {
        this.#fault(position, 'the name of a field must be text');
      } else if (Object.hasOwn(object, name)) {
        this.#fault(position, `the names of fields must be unique, and ${quote(name)} is given twice`);
      } else if (name === '__proto__') {
        Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
      } else object[name] = value;
    }
    this.#next += 1;
    return object;
  }

  /** The name of a field is the text that stands there, also where it looks like a number; undefined when it is no text. */
  #name(): string | undefined {
    const event = this.#peek() as NodeEvent;
    const isText = event.type === EVENT_ID.SCALAR && (this.#tagOf(event) ?? textTag) === textTag;
    if (!isText) {
      this.#value(undefined);
      return undefined;
    }
    this.#next += 1;
    this.#passScalar(event);
    const name = getScalarValue(this.#text, event);
    const anchor = anchorOf(this.#text, event);
    if (anchor !== undefined) this.#anchors.set(anchor, { value: name, size: 1 });
    return name;
  }

  #peek(): Event {
    return this.#events[this.#next]!;
  }

  #scalar(event: ScalarEvent): unknown {
    this.#passScalar(event);
    const source = getScalarValue(this.#text, event);
    const tag = this.#tagOf(event);
    const isText = event.style !== SCALAR_STYLE.PLAIN || event.tagStart >= 0;
    if (tag === undefined) return isText ? source : plainValue(source);
    const value = taggedValue(source, tag);
    return value === undefined ? this.#unfit(event) : value;
  }

  #passScalar({ valueEnd, tagEnd, anchorEnd }: ScalarEvent): void {
    this.#end = Math.max(this.#end, valueEnd, tagEnd, anchorEnd);
  }

  #tagOf(event: ContentEvent): string | undefined {
    return tagOf(this.#text, event, this.#directives);
  }

  #checkTag(event: SequenceEvent | MappingEvent, expected: string): void {
    if ((this.#tagOf(event) ?? expected) !== expected) this.#unfit(event);
  }

  #unfit({ tagStart, tagEnd }: ContentEvent): undefined {
    const tag = this.#text.slice(tagStart, tagEnd);
    return this.#fault(tagStart, `the tag ${quote(tag)} is unknown, or does not fit here`);
  }

  /** Where a value begins; for an empty one, the end of what stands before it. */
  #start(event: NodeEvent): number {
    const start = startOf(event);
    return start < 0 ? this.#end : start;
  }

  /** Of an empty item of a list there is only the dash. */
  #startOfItem(event: NodeEvent): number {
    const start = startOf(event);
    if (start < 0) this.#end = afterDash(this.#text, this.#end);
    return start < 0 ? this.#end : start;
  }
}
