import { crc32 } from 'node:zlib';
import type { TSchema } from 'typebox';
import type { Audit } from '../audit/audit.ts';
import type { GivenEvent } from '../audit/events.ts';
import { siteEvent } from '../audit/site-event.ts';
import { CommonSettings } from '../directory/administered-settings.ts';
import { type SiteSettings, withDefaults } from '../directory/site-settings.ts';
import type { Directory } from '../directory/store.ts';
import { conflict } from '../errors.ts';
import { administeredSite, notManaged } from '../identity/administration.ts';
import { requireMatch } from '../identity/conditions.ts';
import type { Call, Operation } from '../identity/operation.ts';
import type { Operations } from '../identity/operations.ts';
import { configReadScopes, configWriteScopes } from '../identity/scopes.ts';
import { Conflict } from '../platform/database.ts';
import type { Compatibility } from '../request/body.ts';
import { readTarget, targetParameters } from '../request/target.ts';
import { commonSettingsExample, commonSettingsPatchExample } from './examples.ts';
import { changeCommonSettings, changedFields, commonSettingsOf } from './rules.ts';
import { CompleteCommonSettings } from './schema.ts';

export interface SiteSettingsParts {
  readonly operations: Operations;
  readonly directory: Directory;
  readonly compatibility: Compatibility;
  readonly audit: Audit;
}

const siteParameter: Readonly<Record<string, TSchema>> = { siteUrl: targetParameters.siteUrl! };
const answer = { schema: CompleteCommonSettings, example: commonSettingsExample };

const getCommonSettings: Operation = {
  id: 'getMeetingCommonSettingsConfiguration',
  method: 'GET',
  path: '/v1/admin/meeting/config/commonSettings',
  summary: 'Get Meeting Common Settings Configuration',
  description: 'The settings of a site that hold for everybody on it. For its administrators.',
  scopes: configReadScopes,
  query: siteParameter,
  answer,
  rules: ['subject.managed-site'],
  hasEtag: true,
};

const updateCommonSettings: Operation = {
  ...getCommonSettings,
  id: 'updateMeetingCommonSettingsConfiguration',
  method: 'PATCH',
  summary: 'Update Meeting Common Settings Configuration',
  description:
    'Changes only the settings that are given, as a JSON merge patch (RFC 7396). Null makes one what it was at first.',
  scopes: configWriteScopes,
  body: { schema: CommonSettings, example: commonSettingsPatchExample },
  rules: [
    'subject.managed-site',
    'site-settings.telephony-supported',
    'site-settings.toll-free-supported',
    'site-settings.voip-supported',
    'site-settings.before-host',
    'site-settings.criteria-in-force',
  ],
};

/** Each try fails only when another change of the same site came first. */
const attempts = 8;

export function mountSiteSettings(parts: SiteSettingsParts): void {
  parts.operations.mount(getCommonSettings, async (call) => answered((await siteOf(parts, call)).settings));
  parts.operations.mount(updateCommonSettings, (call) => change(parts, call));
}

function siteOf({ directory, compatibility }: SiteSettingsParts, { caller, query, body }: Call) {
  const { siteUrl } = readTarget(siteParameter, query, body, compatibility);
  return administeredSite(directory, caller, siteUrl);
}

async function change(parts: SiteSettingsParts, call: Call) {
  const { directory, compatibility, audit } = parts;
  const { siteUrl } = await siteOf(parts, call);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const before = await directory.storedSettings(siteUrl);
    if (before === undefined) throw notManaged(siteUrl);
    if (call.ifMatch !== undefined) requireMatch(call.ifMatch, answered(withDefaults(before.settings)).etag);
    const settings = changeCommonSettings(before.settings, call.body, compatibility);
    const after = answered(withDefaults(settings));
    if (JSON.stringify(settings) === before.text) return after;
    try {
      const events = eventsOf(call, siteUrl, changedFields(before.settings, settings));
      await audit.recording(events, (rows) => directory.setSettings(siteUrl, before, settings, rows));
      return after;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
    }
  }
  throw conflict();
}

/** Nothing for a change that shows nowhere. */
function eventsOf({ author, caller }: Call, siteUrl: string, fields: readonly string[]): GivenEvent[] {
  if (fields.length === 0) return [];
  return [siteEvent('site-settings-changed', caller.organizationId, siteUrl, author, fields.join(', '))];
}

/** The settings as they are answered; the ETag differs whenever the text does. */
function answered(settings: SiteSettings): { readonly text: string; readonly etag: string } {
  const text = JSON.stringify(commonSettingsOf(settings));
  return { text, etag: `"${crc32(text)}"` };
}
