/** The rows of the matrix: for each operation who may call it, and what a request about each target looks like. */
import { randomUUID } from 'node:crypto';
import { organizationIdOf, personIdOf } from '../../../src/directory/person-id.ts';
import { newApplicationExample } from '../../../src/oauth/applications/examples.ts';
import { audio, pathOf, room, scheduling, video } from '../../helpers/bodies.ts';
import {
  applicationIds,
  type Matrix,
  type NamedCaller,
  organizationIds,
  placeOf,
  type Target,
  targets,
} from './facts.ts';
import * as judges from './judges.ts';
import { tokenRows } from './token-rows.ts';

export interface Asked {
  readonly path: string;
  readonly body?: object;
}

export interface Row {
  readonly judge: judges.Judge;
  readonly targets: readonly Target[];
  readonly ask: (caller: NamedCaller, target: Target, matrix: Matrix) => Asked;
}

const people: readonly Target[] = ['own', 'colleague', 'foreign', 'unknown'];
const sites: readonly Target[] = ['own', 'unmanaged-site', 'foreign-site', 'unknown-site'];
const organizations: readonly Target[] = ['own', 'foreign', 'unknown'];
const administration = '/v1/admin/meetingPreferences';

function siteOf(caller: NamedCaller, target: Target): string | undefined {
  return placeOf(target, caller).siteUrl;
}

function preferences(name: string, access: 'read' | 'write', body?: object): Row {
  return {
    judge: judges.preferences(access),
    targets,
    ask: (caller, target) => ({ path: pathOf(name, { ...placeOf(target, caller) }), ...(body && { body }) }),
  };
}

function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

const commonSettings = (body?: object): Row['ask'] => {
  const path = '/v1/admin/meeting/config/commonSettings';
  return (caller, target) => ({
    path: withQuery(path, { siteUrl: siteOf(caller, target) }),
    ...(body && { body }),
  });
};

function idOf(caller: NamedCaller, target: Target, { ids }: Matrix): string {
  const email = target === 'own' ? caller.person.email : placeOf(target, caller).userEmail!;
  return personIdOf(ids.get(email) ?? randomUUID());
}

const onePerson =
  (body?: object): Row['ask'] =>
  (caller, target, matrix) => ({
    path: `/v1/people/${idOf(caller, target, matrix)}`,
    ...(body && { body }),
  });

function auditOf(path: string): Row['ask'] {
  return ({ person: { organization } }, target) => {
    const other = organization === 'Example' ? 'Other' : 'Example';
    const id = target === 'foreign' ? organizationIds[other]! : randomUUID();
    return { path: withQuery(path, { orgId: target === 'own' ? undefined : organizationIdOf(id) }) };
  };
}

const application = { ...newApplicationExample, name: 'Matrix' };

function oneApplication(body?: object): Row['ask'] {
  return ({ person: { organization } }, target) => {
    const other = organization === 'Example' ? 'Other' : 'Example';
    const owner = { own: organization, foreign: other }[target as string];
    const id = owner === undefined ? randomUUID() : applicationIds[owner];
    return { path: `/v1/applications/${id}`, ...(body && { body }) };
  };
}

const peopleWriter = (judge: judges.Judge) => judges.withScopes(['spark-admin:people_write'], judge);
const delegates = { emails: ['delegate@marks.example'] };

/** By operation id. A route without a row fails the test. */
export const rows: Readonly<Record<string, Row>> = {
  getMeetingPreferenceDetails: preferences('', 'read'),
  getDefaultMeetingPreferences: preferences('defaults', 'read'),
  getPersonalMeetingRoomOptions: preferences('personalMeetingRoom', 'read'),
  updatePersonalMeetingRoomOptions: preferences('personalMeetingRoom', 'write', room),
  patchPersonalMeetingRoomOptions: preferences('personalMeetingRoom', 'write', { topic: 'Matrix' }),
  getAudioOptions: preferences('audio', 'read'),
  updateAudioOptions: preferences('audio', 'write', audio),
  patchAudioOptions: preferences('audio', 'write', { enabledTollFree: false }),
  getVideoOptions: preferences('video', 'read'),
  updateVideoOptions: preferences('video', 'write', video),
  patchVideoOptions: preferences('video', 'write', { videoDevices: [] }),
  getSchedulingOptions: preferences('schedulingOptions', 'read'),
  updateSchedulingOptions: preferences('schedulingOptions', 'write', { ...scheduling, delegateEmails: [] }),
  patchSchedulingOptions: preferences('schedulingOptions', 'write', { joinBeforeHostMinutes: 10 }),
  insertDelegateEmails: preferences('schedulingOptions/delegateEmails/insert', 'write', delegates),
  deleteDelegateEmails: preferences('schedulingOptions/delegateEmails/delete', 'write', delegates),
  getSiteList: preferences('sites', 'read'),
  updateDefaultSite: {
    judge: judges.preferencesWithoutSite('write'),
    targets: people,
    ask: (caller, target, matrix) => {
      const { userEmail } = placeOf(target, caller);
      const subject = matrix.people.find(({ email }) => email === (userEmail ?? caller.person.email));
      const siteUrl = subject?.sites[0] ?? caller.person.sites[0]!;
      return { path: pathOf('sites', { userEmail, defaultSite: 'true' }), body: { siteUrl } };
    },
  },
  getSiteSupport: preferences('siteSupport', 'read'),
  getMeetingPreferenceHistory: preferences('history', 'read'),
  revertMeetingPreferenceChange: {
    ...preferences('history/audio-1-aTYiCNX4BORn/revert', 'write', { force: true }),
    judge: judges.missing(judges.preferences('write')),
  },
  getSiteMeetingPreferenceHistory: {
    judge: judges.withScopes(['meeting:admin_preferences_read'], judges.administratorOfUserOnSite),
    targets: ['own', 'colleague', 'foreign', 'unknown', 'unmanaged-site', 'foreign-site', 'unknown-site'],
    ask: (caller, target) => ({
      path: withQuery(`${administration}/history`, { ...placeOf(target, caller) }),
    }),
  },
  batchRefreshPersonalMeetingRoomId: {
    judge: judges.withScopes(
      ['meeting:admin_preferences_write', 'meeting:admin_config_write'],
      judges.administratorOfSite,
    ),
    targets: sites,
    ask: (caller, target) => ({
      path: `${administration}/personalMeetingRoom/refreshId`,
      body: {
        siteUrl: siteOf(caller, target) ?? caller.person.sites[0],
        personalMeetingRoomIds: [{ email: caller.person.email, systemGenerated: true }],
      },
    }),
  },
  listSiteUsers: {
    judge: judges.withScopes(['meeting:admin_preferences_read'], judges.administratorOfSite),
    targets: sites,
    ask: (caller, target) => ({
      path: withQuery(`${administration}/users`, { siteUrl: siteOf(caller, target) }),
    }),
  },
  getMeetingCommonSettingsConfiguration: {
    judge: judges.withScopes(['meeting:admin_config_read'], judges.administratorOfSite),
    targets: sites,
    ask: commonSettings(),
  },
  updateMeetingCommonSettingsConfiguration: {
    judge: judges.withScopes(['meeting:admin_config_write'], judges.administratorOfSite),
    targets: sites,
    ask: commonSettings({ siteOptions: { allowCustomPersonalRoomURL: false } }),
  },
  listGlobalCallinNumbers: {
    judge: judges.meeting,
    targets: ['own', 'unknown'],
    ask: (_caller, target) => {
      const meetingId = target === 'own' ? '0fc6ec1109e0d9b6c94e1f6caccda976' : '0'.repeat(32);
      return { path: `/v1/meetings/${meetingId}/globalCallinNumbers` };
    },
  },
  listPeople: {
    judge: judges.searchOfPeople,
    targets: people,
    ask: (caller, target) => ({
      path: withQuery('/v1/people', { email: placeOf(target, caller).userEmail ?? caller.person.email }),
    }),
  },
  getMyOwnDetails: { judge: judges.oneself, targets: ['own'], ask: () => ({ path: '/v1/people/me' }) },
  getPersonDetails: { judge: judges.anybodyInOrganization, targets: people, ask: onePerson() },
  createPerson: {
    judge: peopleWriter(judges.fullAdministrator),
    targets: ['own'],
    ask: () => ({
      path: '/v1/people',
      body: { emails: [`${randomUUID()}@marks.example`], displayName: 'Nova New' },
    }),
  },
  updatePerson: {
    judge: peopleWriter(judges.fullAdministratorOfPerson),
    targets: people,
    ask: onePerson({ displayName: 'Renamed Person' }),
  },
  deletePerson: {
    judge: peopleWriter(judges.fullAdministratorOfOne),
    // Whoever is deleted is no caller any more: of those who may, nobody asks for somebody who is there.
    targets: ['foreign', 'unknown'],
    ask: onePerson(),
  },
  listApplications: {
    judge: judges.withScopes(['meeting:admin_config_read'], judges.fullAdministrator),
    targets: ['own'],
    ask: () => ({ path: '/v1/applications' }),
  },
  createApplication: {
    judge: judges.withScopes(['meeting:admin_config_write'], judges.fullAdministrator),
    targets: ['own'],
    ask: () => ({ path: '/v1/applications', body: application }),
  },
  getApplication: {
    judge: judges.withScopes(['meeting:admin_config_read'], judges.fullAdministratorOfOne),
    targets: organizations,
    ask: oneApplication(),
  },
  updateApplication: {
    judge: judges.withScopes(['meeting:admin_config_write'], judges.fullAdministratorOfOne),
    targets: organizations,
    ask: oneApplication({ ...application, name: 'Renamed' }),
  },
  deleteApplication: {
    judge: judges.withScopes(['meeting:admin_config_write'], judges.fullAdministratorOfOne),
    targets: ['foreign', 'unknown'],
    ask: oneApplication(),
  },
  ...tokenRows,
  listAdminAuditEvents: {
    judge: judges.withScopes(['audit:events_read'], judges.fullAdministratorOfOrganization),
    targets: organizations,
    ask: auditOf('/v1/adminAudit/events'),
  },
  listAdminAuditEventCategories: {
    judge: judges.withScopes(['audit:events_read'], judges.fullAdministrator),
    targets: ['own'],
    ask: () => ({ path: '/v1/adminAudit/eventCategories' }),
  },
};
