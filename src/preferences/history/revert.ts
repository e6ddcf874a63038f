import { administers, type Member, membershipOn } from '../../directory/member.ts';
import { personIdOf } from '../../directory/person-id.ts';
import { changedSince, type Fault, fault, notFound, preconditionFailed, scopeMissing } from '../../errors.ts';
import { callingMember, notManaged } from '../../identity/administration.ts';
import { alternatives } from '../../identity/admission.ts';
import type { Answer, Call, Operation } from '../../identity/operation.ts';
import { refreshScopes, writeScopes } from '../../identity/scopes.ts';
import { targetParameters } from '../../request/target.ts';
import { schedulingOptionsExample } from '../examples.ts';
import { subjectOf } from '../section.ts';
import type { Subject } from '../subject.ts';
import { changeId, differenceOf, isBatchId, placeOf } from './items.ts';
import type { HistoryParts } from './routes.ts';
import { readForce } from './rules.ts';
import { Revert, Reverted } from './schema.ts';
import { type RoomRestoration, restoreRoomIds, restoreSection } from './sections.ts';
import type { HistoryVersion } from './store.ts';

const revertChange: Operation = {
  id: 'revertMeetingPreferenceChange',
  method: 'POST',
  path: '/v1/meetingPreferences/history/:id/revert',
  summary: 'Revert Meeting Preference Change',
  description:
    'Puts the fields of a change back as they were before it, as a new change. A batch of room ids is reverted as a whole, by an administrator of the site.',
  scopes: writeScopes,
  query: targetParameters,
  body: { schema: Revert, example: { force: false }, isOptional: true },
  answer: { schema: Reverted, example: schedulingOptionsExample },
  rules: ['history.known', 'history.unchanged', 'history.reversible'],
  hasEtag: true,
};

export function mountRevert(parts: HistoryParts): void {
  parts.operations.mount(revertChange, async (call) => {
    const subject = await subjectOf(parts, call);
    const force = readForce(call.body, parts.compatibility);
    const versions = await versionsOf(parts, call, subject);
    const [version] = versions;
    if (version === undefined) throw unknownChange();
    if (version.section === 'personalMeetingRoomId') return revertRoomIds(parts, call, versions, force);
    const difference = await differenceOf(parts.history, version, subject.user);
    if (difference === undefined) throw irreversible();
    const isFirstDefault = version.section === 'sites' && Object.hasOwn(difference.after, 'defaultSite');
    if (isFirstDefault && !Object.hasOwn(difference.before, 'defaultSite')) throw irreversible();
    return restoreSection(parts, call, subject, version.section, { difference, force });
  });
}

/** The rows of the change that the path names, for whoever may revert it: none when it is not the subject's. */
async function versionsOf(
  { directory, history }: HistoryParts,
  { caller, params }: Call,
  { user, membership }: Subject,
): Promise<HistoryVersion[]> {
  const { siteUrl } = membership.site;
  const id = params.id!;
  const place = placeOf(id);
  const found = isBatchId(id)
    ? await history.ofBatch(id, siteUrl)
    : place === undefined
      ? []
      : [await history.find(user.id, siteUrl, place.section, place.revision)];
  const since = await history.closedAt(user.id, siteUrl);
  const versions = found.filter(
    (version) => version !== undefined && changeId(version) === id && !isFromBefore(version, since),
  );
  if (versions[0]?.section !== 'personalMeetingRoomId') return versions as HistoryVersion[];
  const hasScopes = refreshScopes.admin.every((scope) => caller.scopes.has(scope));
  const isAdministrator = administers(await callingMember(directory, caller), siteUrl);
  if (hasScopes && isAdministrator) return versions as HistoryVersion[];
  // Only somebody whose history has this change may learn what is missing.
  if (!versions.some((version) => version?.userId === user.id)) return [];
  throw isAdministrator ? scopeMissing(alternatives(refreshScopes)) : notManaged(siteUrl);
}

/** What somebody had before they left the site is no longer theirs, also when they came back. */
function isFromBefore({ section, changed }: HistoryVersion, since: string): boolean {
  return section !== 'sites' && section !== 'personalMeetingRoomId' && changed <= since;
}

async function revertRoomIds(
  parts: HistoryParts,
  call: Call,
  versions: readonly HistoryVersion[],
  force: boolean,
): Promise<Answer> {
  // Room ids of many people have no ETag.
  if (call.ifMatch !== undefined && call.ifMatch.trim() !== '*') throw preconditionFailed();
  const rooms = await Promise.all(versions.map((version) => roomOf(parts, version)));
  const faults = rooms.filter((room): room is Fault => 'rule' in room);
  if (faults.length > 0) throw changedSince(faults);
  return restoreRoomIds(parts, call, versions[0]!.siteUrl, rooms as RoomRestoration[], force);
}

/** What puts the room id of one person back, or why it cannot be. */
async function roomOf(
  { directory, deletedUsers, history }: HistoryParts,
  version: HistoryVersion,
): Promise<RoomRestoration | Fault> {
  const { userId, siteUrl } = version;
  const before = roomIdIn(await history.before(version));
  const user: Member | undefined = await directory.member(userId);
  const isThere = user !== undefined && membershipOn(user, siteUrl) !== undefined;
  const email = user?.email ?? (await deletedUsers.find(userId))?.email ?? personIdOf(userId);
  if (!isThere)
    return fault('history.reversible', `The change of ${email}`, 'they are not on the site any more');
  if (before === undefined) return fault('history.reversible', `The change of ${email}`);
  return { userId, personId: personIdOf(userId), email, before, after: roomIdIn(version)! };
}

function roomIdIn(version: HistoryVersion | undefined): string | undefined {
  return version?.document.personalMeetingRoomId as string | undefined;
}

/** The same words whether there is no such change or it is somebody else's. */
function unknownChange(): Error {
  return notFound('history.known', 'There is no change with this id in this history.');
}

function irreversible(): Error {
  return changedSince([fault('history.reversible')]);
}
