/** Judges a form by the rules of the server (docs/decisions/0020-shared-rules.md). */
import { keyOf } from '../../../src/directory/email.ts';
import { ApiError, type Fault } from '../../../src/errors.ts';
import { updateAudioOptions } from '../../../src/preferences/audio/rules.ts';
import { updatePersonalMeetingRoomOptions } from '../../../src/preferences/personal-meeting-room/rules.ts';
import { updateSchedulingOptions } from '../../../src/preferences/scheduling-options/rules.ts';
import type { SiteSupport } from '../../../src/preferences/site-support/schema.ts';
import { updateVideoOptions } from '../../../src/preferences/video/rules.ts';
import type { Sections } from '../api/preferences.ts';

/** What can be changed in a form: all sections but the sites, which are changed one by one. */
export type FormSection = Exclude<keyof Sections, 'sites'>;

/** Whose form it is, on which site. */
export interface Circumstances {
  readonly email: string;
  readonly support: SiteSupport;
}

const changes = {
  personalMeetingRoom: updatePersonalMeetingRoomOptions,
  audio: updateAudioOptions,
  video: updateVideoOptions,
  schedulingOptions: updateSchedulingOptions,
};

/** Everything the server would say against storing `draft` in the place of `stored`. */
export function faultsOf<Name extends FormSection>(
  section: Name,
  stored: Sections[Name],
  draft: Sections[Name],
  { email, support }: Circumstances,
): readonly Fault[] {
  const judged = { user: { email, emailKey: keyOf(email) }, membership: { site: { settings: support } } };
  const change = changes[section] as (
    stored: Sections[Name],
    draft: unknown,
    ...rest: [typeof judged, 'documented']
  ) => unknown;
  try {
    change(stored, draft, judged, 'documented');
    return [];
  } catch (error) {
    if (error instanceof ApiError) return error.faults;
    throw error;
  }
}

/**
 * The field that a fault is about, as a path such as `topic`, `coHosts[0].email` or `officeNumber.number`; empty when it
 * is about none. Its sentence begins with it.
 */
export function pathOf({ description }: Fault): string {
  return /^[a-z]\w*(\[\d+\])?(\.\w+)?(?= )/i.exec(description)?.[0] ?? '';
}
