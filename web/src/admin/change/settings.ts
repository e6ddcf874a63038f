/** The settings that can be changed for many at once: those with a few choices, and lists of people's addresses. */
import { AudioOptions } from '../../../../src/preferences/audio/schema.ts';
import { PersonalMeetingRoomOptions } from '../../../../src/preferences/personal-meeting-room/schema.ts';
import { SchedulingOptions } from '../../../../src/preferences/scheduling-options/schema.ts';

export interface ManySetting {
  readonly section: 'personalMeetingRoom' | 'audio' | 'schedulingOptions';
  readonly field: string;
  /** Undefined for a list of addresses. */
  readonly choices?: readonly unknown[];
}

interface FieldSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
}

/** Lists of devices are not among them: no two people have the same. */
const lists: ReadonlySet<string> = new Set(['coHosts', 'delegateEmails']);

function settingsOf(section: ManySetting['section'], { properties }: { properties: object }): ManySetting[] {
  return Object.entries(properties as Record<string, FieldSchema>).flatMap(([field, schema]) => {
    if (lists.has(field)) return [{ section, field }];
    const choices = schema.type === 'boolean' ? [true, false] : schema.enum;
    return choices === undefined ? [] : [{ section, field, choices }];
  });
}

export const manySettings: readonly ManySetting[] = [
  ...settingsOf('personalMeetingRoom', PersonalMeetingRoomOptions),
  ...settingsOf('audio', AudioOptions),
  ...settingsOf('schedulingOptions', SchedulingOptions),
];
