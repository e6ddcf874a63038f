/** A version as an item of a history. */
import { createHash } from 'node:crypto';
import type { DeletedUser, DeletedUsers } from '../../directory/deleted-user-store.ts';
import { type Member, membershipOn } from '../../directory/member.ts';
import { personIdOf } from '../../directory/person-id.ts';
import type { Directory } from '../../directory/store.ts';
import { type Difference, differenceBetween, type Fields, masked } from './rules.ts';
import { type HistoryItem, type HistorySection, historySections } from './schema.ts';
import { initialDocument } from './sections.ts';
import type { HistoryStore, HistoryVersion } from './store.ts';

export interface ItemParts {
  readonly directory: Directory;
  readonly deletedUsers: DeletedUsers;
  readonly history: HistoryStore;
}

/** The `versions` of users of the organization, also of those who were deleted, as they are answered. */
export async function itemsOf(
  parts: ItemParts,
  versions: readonly HistoryVersion[],
  organizationId: string,
): Promise<readonly HistoryItem[]> {
  const items = await Promise.all(
    versions.map(async (version) => {
      const { userId } = version;
      const user = (await parts.directory.member(userId)) ?? (await parts.deletedUsers.find(userId));
      return user?.organizationId === organizationId ? itemOf(parts, version, user) : undefined;
    }),
  );
  return items.filter((item) => item !== undefined);
}

async function itemOf(
  parts: ItemParts,
  version: HistoryVersion,
  user: Member | DeletedUser,
): Promise<HistoryItem> {
  const { changed, section, siteUrl, actorId, trackingId, tokenId } = version;
  const before = await documentBefore(parts.history, version, user);
  const difference = before && differenceBetween(before, version.document);
  const isByRequest = actorId !== '';
  return {
    id: changeId(version),
    changed,
    section,
    siteUrl,
    userEmail: user.email,
    ...(isByRequest ? { changedBy: await authorOf(parts.directory, version) } : {}),
    ...(isByRequest ? { trackingId, tokenId } : {}),
    ...(difference === undefined ? {} : { before: masked(difference.before) }),
    after: masked(difference?.after ?? version.document),
  };
}

async function authorOf(
  directory: Directory,
  { actorId, userId }: HistoryVersion,
): Promise<NonNullable<HistoryItem['changedBy']>> {
  const actor = await directory.member(actorId);
  return {
    ...(actor === undefined ? {} : { email: actor.email }),
    personId: personIdOf(actorId),
    onBehalf: actorId !== userId,
  };
}

/** The document that a version was made from; undefined when it is no longer kept. */
async function documentBefore(
  history: HistoryStore,
  version: HistoryVersion,
  user: Member | DeletedUser,
): Promise<Fields | undefined> {
  const before = await history.before(version);
  if (before !== undefined && !before.isEnd) return before.document;
  // Nobody knows any more how it began for somebody whose membership is gone.
  const membership = 'memberships' in user ? membershipOn(user, version.siteUrl) : undefined;
  const isFirst = version.revision <= 1 || before !== undefined;
  if (!isFirst || membership === undefined || !('memberships' in user)) return undefined;
  return initialDocument(version.section, { user, membership });
}

/** What a version changed; undefined when the version before it is no longer kept. */
export async function differenceOf(
  history: HistoryStore,
  version: HistoryVersion,
  user: Member,
): Promise<Difference | undefined> {
  const before = await documentBefore(history, version, user);
  return before && differenceBetween(before, version.document);
}

/**
 * The id of the batch; or section, revision and a hash, so that an id fits one change of one user alone. The document is
 * no part of it: its PIN could be found by trying.
 */
export function changeId({ batchId, userId, siteUrl, section, revision, changed }: HistoryVersion): string {
  if (batchId !== '') return batchId;
  const hash = createHash('sha256').update(JSON.stringify([userId, siteUrl, section, revision, changed]));
  return `${section}-${revision}-${hash.digest('base64url').slice(0, 12)}`;
}

/** Where to look for the change with this id; whether it is there, {@link changeId} tells. */
export function placeOf(id: string): { section: HistorySection; revision: number } | undefined {
  const [section, revision = ''] = id.split('-', 2);
  const known = historySections.find((name) => name === section);
  if (known === undefined || !/^\d{1,15}$/.test(revision)) return undefined;
  return { section: known, revision: Number(revision) };
}

export function isBatchId(id: string): boolean {
  return /^[0-9a-f]{32}$/.test(id);
}
