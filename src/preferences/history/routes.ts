import type { DeletedUsers } from '../../directory/deleted-user-store.ts';
import { administeredSite, callingMember, notManaged } from '../../identity/administration.ts';
import type { Call, Operation } from '../../identity/operation.ts';
import { adminReadScopes, readScopes } from '../../identity/scopes.ts';
import { readTarget, targetParameters } from '../../request/target.ts';
import { noteRead, noteSiteRead } from '../auditing.ts';
import type { PreferencesParts } from '../parts.ts';
import { subjectOfAdministrator } from '../subject.ts';
import { historyExample } from './examples.ts';
import { type ItemParts, itemsOf } from './items.ts';
import { type Place, personOf, placeOf, presentOrPast } from './person.ts';
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
    const { since, ...place } = await personOf(parts, call);
    const query = readHistoryQuery(call.query);
    noteHistoryRead(parts, call, place);
    // Nothing of the moment when the membership ended: ~ comes after every digit and letter.
    const from = since > query.from ? `${since}~` : query.from;
    return answerOf(parts, call, await history.ofUser(place.userId, place.siteUrl, { ...query, from }));
  });

  operations.mount(getSiteHistory, async (call) => {
    const place = await placeAskedAbout(parts, call);
    const query = readHistoryQuery(call.query);
    if ('userId' in place) noteHistoryRead(parts, call, place);
    else noteSiteRead(audit, call, place.siteUrl);
    const userId = 'userId' in place ? place.userId : undefined;
    return answerOf(parts, call, await history.ofSite(place.siteUrl, userId, query));
  });

  mountRevert(parts);
}

/** The site that is asked about, and the user there if one is named; a 403 unless the caller administers it. */
async function placeAskedAbout(parts: HistoryParts, call: Call): Promise<Place | Pick<Place, 'siteUrl'>> {
  const { directory, compatibility } = parts;
  const { caller, query, body } = call;
  const { userEmail, siteUrl } = readTarget(targetParameters, query, body, compatibility);
  if (userEmail === undefined) {
    const site = await administeredSite(directory, caller, siteUrl);
    return { siteUrl: site.siteUrl };
  }
  const self = await callingMember(directory, caller);
  if (!self.fullAdministrator) throw notManaged(siteUrl);
  return presentOrPast(parts, call, self, async () =>
    placeOf(await subjectOfAdministrator(directory, self, userEmail, siteUrl)),
  );
}

function noteHistoryRead({ audit }: HistoryParts, call: Call, { userId, siteUrl, name }: Place): void {
  const { organizationId } = call.caller;
  noteRead(audit, call, { id: userId, organizationId, displayName: name }, siteUrl, 'the history');
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
