/** Sees to it that every personal room has all its names, and that no two rooms share one. */

import { holdersOfMeetings, holdersOnSite } from '../../directory/bulk-registry.ts';
import { keyOf } from '../../directory/email.ts';
import {
  generateAccessCode,
  generateInitialPins,
  generateMeetingId,
  generateRoomId,
  type RandomBytes,
} from '../../directory/room-names.ts';
import { withDefaults } from '../../directory/site-settings.ts';
import type { Database } from '../../platform/database.ts';
import { CommandError } from '../io.ts';
import type { DocumentFault } from './fault.ts';
import type { Resolution, ResolvedMembership } from './resolved.ts';

/** Completes the rooms of `users`; answers with a fault for every given name that somebody else has. */
export async function completeRooms(
  database: Database,
  { users }: Resolution,
  random: RandomBytes,
): Promise<DocumentFault[]> {
  const memberships = users.flatMap((user) => user.memberships);
  const faults = await meetingFaults(database, memberships);
  for (const [siteUrl, onSite] of Map.groupBy(memberships, ({ site }) => site.siteUrl)) {
    faults.push(...(await takenNames(database, siteUrl, onSite)));
    await makeNames(database, siteUrl, onSite, random);
  }
  return faults;
}

async function meetingFaults(
  database: Database,
  memberships: readonly ResolvedMembership[],
): Promise<DocumentFault[]> {
  const changed = memberships.filter(
    ({ room, existing }) => room.meetingId !== undefined && room.meetingId !== existing?.meetingId,
  );
  const holders = await holdersOfMeetings(
    database,
    changed.map(({ room }) => room.meetingId!),
  );
  const taken = changed.filter(({ room }) => holders.has(room.meetingId!));
  return taken.map(({ room, path }) => ({
    path: [...path, 'room', 'meetingId'],
    sentence: `The meetingId ${room.meetingId} belongs to another room in the database.`,
  }));
}

async function takenNames(
  database: Database,
  siteUrl: string,
  memberships: readonly ResolvedMembership[],
): Promise<DocumentFault[]> {
  const newIds = memberships.filter(
    ({ room, existing }) => room.roomId !== undefined && room.roomId !== existing?.roomId,
  );
  const newCodes = memberships.filter(
    ({ room, existing }) => room.accessCode !== undefined && room.accessCode !== existing?.accessCode,
  );
  const ids = newIds.map(({ room }) => keyOf(room.roomId!));
  const codes = newCodes.map(({ room }) => room.accessCode!);
  const idHolders = await holdersOnSite(database, siteUrl, 'room_key', ids);
  const codeHolders = await holdersOnSite(database, siteUrl, 'access_code', codes);
  const isTaken = (holder: string | undefined, userId: string) => holder !== undefined && holder !== userId;
  const sentence = (name: string) => `The ${name} belongs to another user on ${siteUrl} in the database.`;
  return [
    ...newIds
      .filter(({ room, userId }) => isTaken(idHolders.get(keyOf(room.roomId!)), userId))
      .map(({ room, path }) => ({
        path: [...path, 'personalMeetingRoomId'],
        sentence: sentence(`personalMeetingRoomId ${JSON.stringify(room.roomId)}`),
      })),
    ...newCodes
      .filter(({ room, userId }) => isTaken(codeHolders.get(room.accessCode!), userId))
      .map(({ room, path }) => ({
        path: [...path, 'room', 'accessCode'],
        sentence: sentence(`accessCode ${room.accessCode}`),
      })),
  ];
}

async function makeNames(
  database: Database,
  siteUrl: string,
  memberships: readonly ResolvedMembership[],
  random: RandomBytes,
): Promise<void> {
  const settings = withDefaults(memberships[0]!.site.settings);
  const withoutId = memberships.filter(({ room }) => room.roomId === undefined);
  const withoutCode = memberships.filter(({ room }) => room.accessCode === undefined);
  const ids = await freeNames(
    withoutId.length,
    () => generateRoomId(siteUrl, settings, random),
    memberships.flatMap(({ room }) => (room.roomId === undefined ? [] : keyOf(room.roomId))),
    (keys) => holdersOnSite(database, siteUrl, 'room_key', keys),
  );
  const codes = await freeNames(
    withoutCode.length,
    () => generateAccessCode(random),
    memberships.flatMap(({ room }) => room.accessCode ?? []),
    (keys) => holdersOnSite(database, siteUrl, 'access_code', keys),
  );
  if (ids === undefined || codes === undefined) {
    throw new CommandError(
      `Too few ids are left on ${siteUrl}: give its roomIdRule more digits. Nothing was written.`,
    );
  }
  for (const [index, { room }] of withoutId.entries()) room.roomId = ids[index]!;
  for (const [index, { room }] of withoutCode.entries()) room.accessCode = codes[index]!;
  for (const { room } of memberships) {
    room.meetingId ??= generateMeetingId(random);
    room.initialPins ??= generateInitialPins(random);
  }
}

/** With every second name taken, this many misses in a row happen to nobody. */
const drawsPerName = 50;

/** `count` names that neither `reserved` nor the database has; undefined when too few are left. */
async function freeNames(
  count: number,
  generate: () => string,
  reserved: readonly string[],
  holders: (keys: string[]) => Promise<ReadonlyMap<string, string>>,
): Promise<string[] | undefined> {
  const used = new Set(reserved);
  const free: string[] = [];
  for (let round = 0; free.length < count && round < drawsPerName; round += 1) {
    const drawn: string[] = [];
    for (let draws = (count - free.length) * drawsPerName; draws > 0; draws -= 1) {
      const name = generate();
      if (used.has(keyOf(name))) continue;
      used.add(keyOf(name));
      drawn.push(name);
      if (drawn.length === count - free.length) break;
    }
    const taken = await holders(drawn.map(keyOf));
    free.push(...drawn.filter((name) => !taken.has(keyOf(name))));
  }
  return free.length < count ? undefined : free;
}
