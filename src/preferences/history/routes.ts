import type { DeletedUsers } from '../../directory/deleted-user-store.ts';
import { administeredSite, callingMember, notManaged } from '../../identity/administration.ts';
import type { Call, Operation } from '../../identity/operations.ts';
import { adminReadScopes, readScopes } from '../../identity/scopes.ts';
import { readTarget, targetParameters } from '../../request/target.ts';
import { noteRead, noteSiteRead } from '../auditing.ts';
import type { PreferencesParts } from '../parts.ts';
<<<<<<< HEAD
import { subjectOfAdministrator } from '../subject.ts';
=======
import { subjectOf } from '../section.ts';
import { type Subject, subjectOfAdministrator } from '../subject.ts';
>>>>>>> 8a40f9f (Log who read and changed what of others, because preferences alone tell only what was changed)
import { historyExample } from './examples.ts';
import { type ItemParts, itemsOf } from './items.ts';
import { personOf, placeOf, presentOrPast } from './person.ts';
import { mountRevert } from './revert.ts';
import { cursorOf, readHistoryQuery } from './rules.ts';
import { History, historyParameters } from './schema.ts';
import type { HistoryPage, HistoryStore } from './store.ts';

const answer = { schema: History, example: historyExample };

const getHistory: Operation = {
  id: 'getMeetingPreferenceHistory',
  method: 'GET',
  path: '/v1/meetingPreferences/history',
  summary: 'Get Meeting Preference History',
  description:
    'What was changed of the preferences of a user on a site, and of their default site, newest first.',
  scopes: readScopes,
  query: { ...targetParameters, ...historyParameters },
  answer,
  rules: ['history.section', 'history.time', 'history.max', 'history.cursor'],
};

const getSiteHistory: Operation = {
  ...getHistory,
  id: 'getSiteMeetingPreferenceHistory',
  path: '/v1/admin/meetingPreferences/history',
  summary: 'Get Meeting Preference History of a Site',
  description:
    'What was changed of the preferences of everybody on a site, or of one user there, newest first.',
  scopes: adminReadScopes,
};

export interface HistoryParts extends PreferencesParts {
  readonly history: HistoryStore;
  readonly deletedUsers: DeletedUsers;
}

export function mountHistory(parts: HistoryParts): void {
  const { operations, history, audit } = parts;
  operations.mount(getHistory, async (call) => {
<<<<<<< HEAD
    const { userId, siteUrl, since } = await personOf(parts, call);
    const query = readHistoryQuery(call.query);
    // Nothing of the moment when the membership ended: ~ comes after every digit and letter.
    const from = since > query.from ? `${since}~` : query.from;
    return answerOf(parts, call, await history.ofUser(userId, siteUrl, { ...query, from }));
=======
    const subject = await subjectOf(parts, call);
    const query = readHistoryQuery(call.query);
    noteRead(audit, call, subject, 'the history');
    const { user, membership } = subject;
    return answerOf(parts, await history.ofUser(user.id, membership.site.siteUrl, query));
>>>>>>> 8a40f9f (Log who read and changed what of others, because preferences alone tell only what was changed)
  });

  operations.mount(getSiteHistory, async (call) => {
    const { siteUrl, subject, organizationId } = await placeAskedAbout(parts, call);
    const query = readHistoryQuery(call.query);
<<<<<<< HEAD
    return answerOf(parts, call, await history.ofSite(siteUrl, userId, query));
=======
    if (subject !== undefined) noteRead(audit, call, subject, 'the history');
    else noteSiteRead(audit, call, siteUrl, organizationId);
    return answerOf(parts, await history.ofSite(siteUrl, subject?.user.id, query));
>>>>>>> 8a40f9f (Log who read and changed what of others, because preferences alone tell only what was changed)
  });

  mountRevert(parts);
}

/** The site that is asked about, and the user there if one is named; a 403 unless the caller administers it. */
async function placeAskedAbout(
<<<<<<< HEAD
  parts: HistoryParts,
  call: Call,
): Promise<{ siteUrl: string; userId: string | undefined }> {
  const { directory, compatibility } = parts;
  const { caller, query, body } = call;
=======
  { directory, compatibility }: PreferencesParts,
  { caller, query, body }: Call,
): Promise<{ siteUrl: string; subject: Subject | undefined; organizationId: string }> {
>>>>>>> 8a40f9f (Log who read and changed what of others, because preferences alone tell only what was changed)
  const { userEmail, siteUrl } = readTarget(targetParameters, query, body, compatibility);
  if (userEmail === undefined) {
    const site = await administeredSite(directory, caller, siteUrl);
    return { siteUrl: site.siteUrl, organizationId: site.organizationId, subject: undefined };
  }
  const self = await callingMember(directory, caller);
  if (!self.fullAdministrator) throw notManaged(siteUrl);
<<<<<<< HEAD
  return presentOrPast(parts, call, self, async () =>
    placeOf(await subjectOfAdministrator(directory, self, userEmail, siteUrl)),
  );
=======
  const subject = await subjectOfAdministrator(directory, self, userEmail, siteUrl);
  const { site } = subject.membership;
  return { siteUrl: site.siteUrl, organizationId: site.organizationId, subject };
>>>>>>> 8a40f9f (Log who read and changed what of others, because preferences alone tell only what was changed)
}

async function answerOf(
  parts: ItemParts,
  { caller }: Call,
  { versions, isLast }: HistoryPage,
): Promise<string> {
  const items = await itemsOf(parts, versions, caller.organizationId);
  const last = versions.at(-1);
  return JSON.stringify({ items, ...(isLast || last === undefined ? {} : { cursor: cursorOf(last) }) });
}
