/** What a batch of room ids may be (contract section 3, refreshId). Pure. */
import { keyOf } from '../../directory/email.ts';
import type { Member } from '../../directory/member.ts';
import { type Fault, fault, quote } from '../../errors.ts';
import { type Compatibility, type Reading, readBody } from '../../request/body.ts';
import { RoomIdBatch, type RoomIdItem } from './schema.ts';

/** `body` with everything noted that can be judged without looking anybody up. */
export function readRoomIdBatch(body: unknown, compatibility: Compatibility): Reading<RoomIdBatch> {
  const reading = readBody(RoomIdBatch, body, {}, compatibility);
  if (!Array.isArray(reading.fields.personalMeetingRoomIds)) return reading;
  const items = reading.fields.personalMeetingRoomIds.filter(
    (item) => typeof item === 'object' && item !== null && !Array.isArray(item),
  );
  const byEmail = items.every(({ email, personId }) => email !== undefined && personId === undefined);
  const byId = items.every(({ email, personId }) => email === undefined && personId !== undefined);
  if (!byEmail && !byId) reading.add(fault('room-ids.one-way-to-name'));
  const isGiven = items.every(
    (item) => item.personalMeetingRoomId !== undefined && item.systemGenerated !== true,
  );
  const isGenerated = items.every(
    (item) => item.personalMeetingRoomId === undefined && item.systemGenerated === true,
  );
  if (!isGiven && !isGenerated) reading.add(fault('room-ids.one-way-to-choose'));
  reading.faults.push(...repetitions(items));
  return reading;
}

/** Two people may not get the same id; ids compare without case. */
function repetitions(items: readonly RoomIdItem[]): Fault[] {
  const seen = new Set<string>();
  return items.flatMap(({ personalMeetingRoomId: id }, index) => {
    if (typeof id !== 'string') return [];
    const isRepeated = seen.has(keyOf(id));
    seen.add(keyOf(id));
    return isRepeated
      ? [fault('room-ids.id-once', pathOf(index, 'personalMeetingRoomId'), `${quote(id)} is above`)]
      : [];
  });
}

/** The faults that show once everybody was looked up: `people` has undefined for who is not on the site. */
export function personFaults(items: readonly RoomIdItem[], people: readonly (Member | undefined)[]): Fault[] {
  const seen = new Set<string>();
  return people.flatMap((person, index) => {
    const name = items[index]!.email ?? items[index]!.personId;
    // An item that names nobody has its fault already.
    if (name === undefined) return [];
    if (person === undefined) {
      return [fault('room-ids.person-known', `personalMeetingRoomIds[${index}]`, `${quote(name)} is none`)];
    }
    const isRepeated = seen.has(person.id);
    seen.add(person.id);
    return isRepeated
      ? [fault('room-ids.person-once', `personalMeetingRoomIds[${index}]`, `${quote(name)} is above`)]
      : [];
  });
}

/** The faults of ids that somebody outside the batch holds: `holders` has the user id of each id's holder. */
export function takenFaults(
  items: readonly RoomIdItem[],
  people: readonly Member[],
  holders: readonly (string | undefined)[],
): Fault[] {
  const inBatch = new Set(people.map(({ id }) => id));
  return holders.flatMap((holder, index) => {
    if (holder === undefined || inBatch.has(holder)) return [];
    const id = items[index]!.personalMeetingRoomId ?? '';
    return [fault('room-ids.id-free', pathOf(index, 'personalMeetingRoomId'), `${quote(id)} is`)];
  });
}

function pathOf(index: number, name: string): string {
  return `personalMeetingRoomIds[${index}].${name}`;
}
