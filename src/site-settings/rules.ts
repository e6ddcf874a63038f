/** What the settings of a site may be, and how the API shows them (contract section 9). Pure. */
import { CommonSettings, typeOfSupport } from '../directory/administered-settings.ts';
import { mergedSettings, type SiteSettings, withDefaults } from '../directory/site-settings.ts';
import { fault } from '../errors.ts';
import { type Compatibility, type Reading, readBody } from '../request/body.ts';
import { valueIn } from '../request/target.ts';
import type { CompleteCommonSettings } from './schema.ts';

type Fields = Readonly<Record<string, unknown>>;

/** All of it, as it is in force: what depends on something that the site lacks is off. */
export function commonSettingsOf(settings: SiteSettings): CompleteCommonSettings {
  const { audioTypes, joinBeforeHost, securityOptions } = settings;
  const { telephonySupport: wanted, ...scheduler } = settings.defaultSchedulerOptions;
  const telephonySupport =
    wanted !== undefined && isSupported(wanted, settings) ? wanted : firstSupport(settings);
  const { audioBeforeHost, firstAttendeeAsPresenter, ...security } = securityOptions;
  const hasTollFree = telephonySupport === 'WebexTeleconferencing' && settings.tollFreeCallIn;
  return {
    siteOptions: settings.siteOptions,
    telephonyConfig: telephonyConfigOf(settings),
    defaultSchedulerOptions: {
      entryAndExitTone: scheduler.entryAndExitTone,
      joinTeleconfNotPress1: scheduler.joinTeleconfNotPress1,
      telephonySupport,
      tollFree: hasTollFree && scheduler.tollFree === true,
      VoIP: audioTypes.includes('voipOnly') && scheduler.VoIP !== false,
    },
    scheduleMeetingOptions: settings.scheduleMeetingOptions,
    securityOptions: {
      joinBeforeHost,
      audioBeforeHost: joinBeforeHost && audioBeforeHost === true,
      firstAttendeeAsPresenter: joinBeforeHost && firstAttendeeAsPresenter === true,
      ...security,
    },
  } as CompleteCommonSettings;
}

/** What the operator of the server decides. */
function telephonyConfigOf({ audioTypes, ...site }: SiteSettings): CompleteCommonSettings['telephonyConfig'] {
  const hasWebexAudio = audioTypes.includes('webexAudio');
  return {
    allowCallIn: hasWebexAudio,
    allowCallBack: hasWebexAudio && site.callBack,
    allowOtherTeleconf: audioTypes.includes('otherTeleconferenceService'),
    allowTollFreeCallin: site.tollFreeCallIn,
    allowInternationalCallin: site.globalCallIn,
    allowInternationalCallback: hasWebexAudio && site.callBack && site.globalCallBack,
    VoIP: audioTypes.includes('voipOnly'),
  };
}

function isSupported(support: keyof typeof typeOfSupport, { audioTypes }: SiteSettings): boolean {
  const type = typeOfSupport[support];
  return type === undefined || audioTypes.includes(type);
}

function firstSupport({ audioTypes: [first] }: SiteSettings): keyof typeof typeOfSupport {
  if (first === 'webexAudio') return 'WebexTeleconferencing';
  return first === 'otherTeleconferenceService' ? 'Other' : 'None';
}

/**
 * `stored`, which has what was ever set, changed as `body` asks for: a field that is left out stays, null makes it what it
 * was at first. Throws a 400 that lists every fault.
 */
export function changeCommonSettings(
  stored: Partial<SiteSettings>,
  body: unknown,
  compatibility: Compatibility,
): Partial<SiteSettings> {
  const reading = readBody(CommonSettings, body, {}, compatibility);
  const groups = mergedSettings(
    mergedSettings(grouped(stored), nullsIn(CommonSettings, body)),
    reading.fields,
  );
  const changed = ungrouped(stored, groups);
  addFaults(reading, commonSettingsOf(withDefaults(stored)), commonSettingsOf(withDefaults(changed)));
  reading.accepted();
  return changed;
}

const groupNames = Object.keys(CommonSettings.properties) as (keyof CommonSettings)[];

/** What was set of the groups as the API has them: there, joinBeforeHost stands in one. */
function grouped(stored: Partial<SiteSettings>): CommonSettings {
  const { joinBeforeHost, securityOptions } = stored;
  const groups = Object.fromEntries(groupNames.map((name) => [name, stored[name]]));
  return present({ ...groups, securityOptions: present({ joinBeforeHost, ...securityOptions }) });
}

/** The other way round, beside the settings that are in no group. */
function ungrouped(stored: Partial<SiteSettings>, changed: CommonSettings): Partial<SiteSettings> {
  const { joinBeforeHost, ...securityOptions } = changed.securityOptions ?? {};
  const groups = Object.fromEntries(groupNames.map((name) => [name, changed[name]]));
  return present({ ...stored, ...groups, securityOptions, joinBeforeHost });
}

/** Without fields that are undefined, and without groups of none. */
function present(fields: Fields): Fields {
  const isPresent = (value: unknown) => value !== undefined && JSON.stringify(value) !== '{}';
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => isPresent(value)));
}

/** The nulls among the fields that the schema knows: reading a body leaves them out. */
function nullsIn(schema: { readonly properties?: Fields }, body: unknown): Fields {
  const nulls = Object.entries(schema.properties ?? {}).map(([name, inner]) => {
    const value = valueIn(body, name);
    return [name, value === null ? null : nullsIn(inner as object, value)];
  });
  return present(Object.fromEntries(nulls));
}

/** Which fields are answered differently after a change of what is stored: `securityOptions.joinBeforeHost`. */
export function changedFields(before: Partial<SiteSettings>, after: Partial<SiteSettings>): string[] {
  const groupsBefore = commonSettingsOf(withDefaults(before)) as Readonly<Record<string, Fields>>;
  return Object.entries(commonSettingsOf(withDefaults(after))).flatMap(([group, fields]) =>
    Object.entries(fields)
      .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(groupsBefore[group]![name]))
      .map(([name]) => `${group}.${name}`),
  );
}

/** What a client asks for has to be in force afterwards. */
function addFaults(
  reading: Reading<CommonSettings>,
  before: CompleteCommonSettings,
  after: CompleteCommonSettings,
): void {
  const { defaultSchedulerOptions: scheduler, securityOptions: security } = reading.fields;
  const inForce = after.defaultSchedulerOptions;
  const support = scheduler?.telephonySupport;
  if (
    support !== undefined &&
    Object.hasOwn(typeOfSupport, support) &&
    support !== inForce.telephonySupport
  ) {
    reading.add(fault('site-settings.telephony-supported', 'defaultSchedulerOptions.telephonySupport'));
  }
  if (scheduler?.tollFree === true && !inForce.tollFree) {
    reading.add(fault('site-settings.toll-free-supported', 'defaultSchedulerOptions.tollFree'));
  }
  if (scheduler?.VoIP === true && !inForce.VoIP) {
    reading.add(fault('site-settings.voip-supported', 'defaultSchedulerOptions.VoIP'));
  }
  for (const name of ['audioBeforeHost', 'firstAttendeeAsPresenter'] as const) {
    if (security?.[name] !== true || after.securityOptions[name]) continue;
    reading.add(fault('site-settings.before-host', `securityOptions.${name}`));
  }
  const isChanged =
    JSON.stringify(before.securityOptions.passwordCriteria) !==
    JSON.stringify(after.securityOptions.passwordCriteria);
  if (isChanged && security?.passwordCriteria !== undefined && !after.securityOptions.requireStrongPassword) {
    reading.add(fault('site-settings.criteria-in-force', 'securityOptions.passwordCriteria'));
  }
}
