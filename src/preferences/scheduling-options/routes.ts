import type { Operation } from '../../identity/operation.ts';
import { readScopes, writeScopes } from '../../identity/scopes.ts';
import { targetParameters } from '../../request/target.ts';
import { delegationStatements } from '../delegation-store.ts';
import { delegatesExample, schedulingOptionsExample } from '../examples.ts';
import type { PreferencesParts } from '../parts.ts';
import { mountSection, patchOf, subjectOf } from '../section.ts';
import type { Section } from '../store.ts';
import {
  delegatesOf,
  deleteDelegateEmails,
  initialSchedulingOptions,
  insertDelegateEmails,
  updateSchedulingOptions,
} from './rules.ts';
import { DelegateEmails, SchedulingOptions } from './schema.ts';

export const schedulingOptionsSection: Section<SchedulingOptions> = {
  name: 'schedulingOptions',
  initial: initialSchedulingOptions,
  projection: (identity, before, after) =>
    delegationStatements(identity, delegatesOf(before), delegatesOf(after)),
};

const answer = { schema: SchedulingOptions, example: schedulingOptionsExample };
const oneItem = [delegatesExample.join(', ')];

const getSchedulingOptions: Operation = {
  id: 'getSchedulingOptions',
  method: 'GET',
  path: '/v1/meetingPreferences/schedulingOptions',
  summary: 'Get Scheduling Options',
  description: 'How a user schedules meetings on a site, and who may do so for them.',
  scopes: readScopes,
  query: targetParameters,
  answer,
  rules: [],
};

const updateScheduling: Operation = {
  id: 'updateSchedulingOptions',
  method: 'PUT',
  path: '/v1/meetingPreferences/schedulingOptions',
  summary: 'Update Scheduling Options',
  description:
    'Changes how a user schedules meetings on a site, and replaces their delegates where they are given.',
  scopes: writeScopes,
  query: targetParameters,
  body: { schema: SchedulingOptions, example: { ...schedulingOptionsExample, delegateEmails: oneItem } },
  answer,
  rules: ['scheduling.delegate-email', 'scheduling.own-address'],
};

const insertDelegates: Operation = {
  id: 'insertDelegateEmails',
  method: 'POST',
  path: '/v1/meetingPreferences/schedulingOptions/delegateEmails/insert',
  summary: 'Insert Delegate Emails',
  description: 'Adds delegates after those that are there, and answers with the whole list.',
  scopes: writeScopes,
  query: targetParameters,
  body: { schema: DelegateEmails, example: { emails: oneItem } },
  answer: { schema: DelegateEmails, example: { emails: delegatesExample } },
  rules: ['scheduling.delegate-email', 'scheduling.own-address'],
  hasEtag: true,
};

const deleteDelegates: Operation = {
  id: 'deleteDelegateEmails',
  method: 'POST',
  path: '/v1/meetingPreferences/schedulingOptions/delegateEmails/delete',
  summary: 'Delete Delegate Emails',
  description: 'Removes delegates; one that is not there is passed over.',
  scopes: writeScopes,
  query: targetParameters,
  body: { schema: DelegateEmails, example: { emails: oneItem } },
  rules: ['scheduling.delegate-email'],
  hasEtag: true,
};

export function mountSchedulingOptions(parts: PreferencesParts): void {
  const { operations, preferences, compatibility } = parts;
  mountSection(parts, {
    section: schedulingOptionsSection,
    schema: SchedulingOptions,
    get: getSchedulingOptions,
    update: updateScheduling,
    patch: patchOf(updateScheduling, 'patchSchedulingOptions', { joinBeforeHostMinutes: 15 }),
    change: updateSchedulingOptions,
  });

  operations.mount(insertDelegates, async (call) => {
    const subject = await subjectOf(parts, call);
    const { document, etag } = await preferences.update(schedulingOptionsSection, subject, call, (current) =>
      insertDelegateEmails(current, call.body, subject, compatibility),
    );
    return { text: JSON.stringify({ emails: delegatesOf(document) }), etag };
  });

  operations.mount(deleteDelegates, async (call) => {
    const subject = await subjectOf(parts, call);
    await preferences.update(schedulingOptionsSection, subject, call, (current) =>
      deleteDelegateEmails(current, call.body, compatibility),
    );
    return undefined;
  });
}
