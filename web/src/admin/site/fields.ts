/** The settings of a site as a form shows them, group by group. */
import type { CommonSettings } from '../../../../src/directory/administered-settings.ts';

type Choices<Group extends keyof CommonSettings> = {
  readonly [Field in keyof Required<NonNullable<CommonSettings[Group]>>]?: readonly NonNullable<
    NonNullable<CommonSettings[Group]>[Field]
  >[];
};

const schedulerChoices: Choices<'defaultSchedulerOptions'> = {
  entryAndExitTone: ['NoTone', 'Beep', 'AnnounceName'],
  telephonySupport: ['None', 'WebexTeleconferencing', 'Other'],
};

/** What a field can be, where it is one of a few; by its name. */
export const choicesOf: Readonly<Record<string, readonly string[]>> = schedulerChoices as Record<
  string,
  string[]
>;

export type Value = boolean | number | string | readonly string[];
/** A group of settings, in which a group of criteria may stand. */
export interface Group {
  readonly [name: string]: Value | Group;
}

export interface SiteField {
  /** The names that lead to it, such as `['securityOptions', 'joinBeforeHost']`. */
  readonly path: readonly string[];
  readonly value: Value;
}

function isGroup(value: Value | Group): value is Group {
  return typeof value === 'object' && !Array.isArray(value);
}

/** The fields of the answer in its order. */
export function fieldsOf(group: Group, path: readonly string[] = []): SiteField[] {
  return Object.entries(group).flatMap(([name, value]) =>
    isGroup(value) ? fieldsOf(value, [...path, name]) : [{ path: [...path, name], value }],
  );
}

/** The merge patch that gives the fields these values, by their paths joined with dots. */
export function patchOf(changes: ReadonlyMap<string, Value>): Group {
  const patch: Record<string, unknown> = {};
  for (const [path, value] of changes) {
    const names = path.split('.');
    let group = patch;
    for (const name of names.slice(0, -1)) {
      group[name] ??= {};
      group = group[name] as Record<string, unknown>;
    }
    group[names.at(-1)!] = value;
  }
  return patch as Group;
}
