import { personEvent } from '../../audit/person-events.ts';
import { keyOf } from '../../directory/email.ts';
import { administers, type Member, membershipOn } from '../../directory/member.ts';
import { personIdOf, userIdOf } from '../../directory/person-id.ts';
import { generateRoomId } from '../../directory/room-names.ts';
import type { Directory } from '../../directory/store.ts';
import { conflict, refuseIf } from '../../errors.ts';
import { callingMember, notManaged } from '../../identity/administration.ts';
import type { Call, Operation } from '../../identity/operation.ts';
import { refreshScopes } from '../../identity/scopes.ts';
import { Conflict } from '../../platform/database.ts';
import type { PreferencesParts } from '../parts.ts';
import type { Recorded, Recording } from '../record-store.ts';
import { personFaults, readRoomIdBatch, takenFaults } from './rules.ts';
import { RefreshedRoomIds, RoomIdBatch, type RoomIdItem } from './schema.ts';

const batchRefreshPersonalMeetingRoomId: Operation = {
  id: 'batchRefreshPersonalMeetingRoomId',
  method: 'POST',
  path: '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId',
  summary: 'Batch Refresh Personal Meeting Room ID',
  description: 'Gives up to 100 people on a site new ids for their personal rooms: all of them, or none.',
  scopes: refreshScopes,
  query: {},
  body: {
    schema: RoomIdBatch,
    example: {
      siteUrl: 'example.webex.com',
      personalMeetingRoomIds: [
        { email: 'john.andersen@example.com', personalMeetingRoomId: 'prABCD23670651' },
        { email: 'marcus.hoffmann@example.com', personalMeetingRoomId: 'prABCD99751428' },
      ],
    },
  },
  answer: {
    schema: RefreshedRoomIds,
    example: {
      siteUrl: 'example.webex.com',
      personalMeetingRoomIds: [
        {
          email: 'john.andersen@example.com',
          personId: personIdOf('25bbf831-5be9-4c25-b4b0-9b592c8a086b'),
          personalMeetingRoomId: 'prABCD23670651',
        },
      ],
    },
  },
  rules: [
    'subject.managed-site',
    'room-ids.one-way-to-name',
    'room-ids.one-way-to-choose',
    'room-ids.person-known',
    'room-ids.person-once',
    'room-ids.id-once',
    'room-ids.id-free',
  ],
};

/** Each try fails only when an id was taken between looking and writing. */
const attempts = 8;

export function mountRoomIds(parts: PreferencesParts): void {
  parts.operations.mount(batchRefreshPersonalMeetingRoomId, (call) => refreshRoomIds(parts, call, call.body));
}

/**
 * Gives people the room ids that `body` asks for, and records it as one change. `check` sees what everybody has right
 * before that, and refuses the request by what it throws.
 */
export async function refreshRoomIds(
  parts: PreferencesParts,
  { caller, author }: Pick<Call, 'caller' | 'author'>,
  body: unknown,
  check: (roomIds: ReadonlyMap<string, string | undefined>) => void = () => {},
): Promise<string> {
  const { directory, records, compatibility, random, audit } = parts;
  const self = await callingMember(directory, caller);
  const reading = readRoomIdBatch(body, compatibility);
  const { siteUrl, personalMeetingRoomIds: items } = reading.fields;
  if (reading.isSound('siteUrl') && !administers(self, siteUrl)) throw notManaged(siteUrl);
  if (!self.fullAdministrator) throw notManaged(siteUrl);
  if (!reading.isSound('siteUrl', 'personalMeetingRoomIds')) reading.accepted();
  const site = membershipOn(self, siteUrl)!.site;
  const found = await peopleOn(directory, self, site.siteUrl, items);
  reading.faults.push(...personFaults(items, found));
  const people = found.filter((person) => person !== undefined);
  const taken = async () => takenFaults(items, people, await holdersOf(directory, site.siteUrl, items));
  reading.faults.push(...(await taken()));
  reading.accepted();
  const events = people.map((person) =>
    personEvent('room-id-changed', person, author, { siteUrl: site.siteUrl }),
  );
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const recorded = await Promise.all(people.map(({ id }) => records.roomId(id, site.siteUrl)));
    check(new Map(people.map(({ id }, index) => [id, recorded[index]!.value])));
    const rooms = people.map((person, index) => ({
      userId: person.id,
      roomId: items[index]!.personalMeetingRoomId ?? generateRoomId(site.siteUrl, site.settings, random),
    }));
    const history = recordingOf(site.siteUrl, rooms, recorded);
    const batchId = random(16).toString('hex');
    const statements = history.flatMap((recording) => records.statements(recording, author, batchId));
    try {
      await audit.recording(events, (rows) =>
        directory.changeRoomIds(site.siteUrl, rooms, [...statements, ...rows]),
      );
      return JSON.stringify({ siteUrl: site.siteUrl, personalMeetingRoomIds: answerFor(people, rooms) });
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      refuseIf(await taken());
    }
  }
  throw conflict();
}

function recordingOf(
  siteUrl: string,
  rooms: readonly { userId: string; roomId: string }[],
  recorded: readonly Recorded[],
): Recording[] {
  return rooms.map(({ userId, roomId }, index) => ({
    section: 'personalMeetingRoomId',
    userId,
    siteUrl,
    recorded: recorded[index]!,
    value: roomId,
  }));
}

/** Who the items name, in their order; undefined for who is not on the site, whatever the reason. */
function peopleOn(
  directory: Directory,
  { organizationId }: Member,
  siteUrl: string,
  items: readonly RoomIdItem[],
): Promise<(Member | undefined)[]> {
  return Promise.all(
    items.map(async ({ email, personId }) => {
      const person =
        email === undefined ? await byPersonId(directory, personId) : await directory.memberByEmail(email);
      const isThere =
        person?.organizationId === organizationId && membershipOn(person, siteUrl) !== undefined;
      return isThere ? person : undefined;
    }),
  );
}

async function byPersonId(directory: Directory, personId = ''): Promise<Member | undefined> {
  const userId = userIdOf(personId);
  return userId === undefined ? undefined : directory.member(userId);
}

function holdersOf(
  directory: Directory,
  siteUrl: string,
  items: readonly RoomIdItem[],
): Promise<(string | undefined)[]> {
  return Promise.all(
    items.map(async ({ personalMeetingRoomId: id }) =>
      id === undefined ? undefined : directory.holderOfRoom(siteUrl, keyOf(id)),
    ),
  );
}

function answerFor(people: readonly Member[], rooms: readonly { roomId: string }[]): object[] {
  return people.map(({ id, email }, index) => ({
    email,
    personId: personIdOf(id),
    personalMeetingRoomId: rooms[index]!.roomId,
  }));
}
