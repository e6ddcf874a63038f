/** Who brought an event about, by which request. */
import type { Actor } from '../directory/deletion-store.ts';
import type { GivenEvent } from './events.ts';

export function causedBy({
  userId,
  tokenId,
  trackingId,
}: Actor): Pick<GivenEvent, 'actorId' | 'actorTokenId' | 'trackingId'> {
  return { actorId: userId, actorTokenId: tokenId, trackingId };
}
