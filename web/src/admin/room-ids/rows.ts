/** Rows of a list of people and room ids, and everything that is wrong with them before the server is asked. */
import { emailPattern, keyOf } from '../../../../src/directory/email.ts';
import { type Fault, fault } from '../../../../src/errors.ts';
import { readRoomIdBatch } from '../../../../src/preferences/room-ids/rules.ts';
import { parseTable } from '../csv.ts';

export interface RoomIdRow {
  readonly email: string;
  /** Undefined when the server is to make one. */
  readonly roomId: string | undefined;
}

const address = new RegExp(emailPattern);

/** What one call takes at most. */
export const rowsInCall = 100;

/** The rows of a pasted table or file; a line of headings is left out. */
export function rowsOf(text: string, isGenerated: boolean): RoomIdRow[] {
  const table = parseTable(text);
  const isHeading = table.length > 0 && !table[0]![0]!.includes('@');
  return table
    .slice(isHeading ? 1 : 0)
    .map(([email = '', roomId = '']) => ({ email, roomId: isGenerated ? undefined : roomId }));
}

/** The body of a call for some rows. */
export function bodyOf(siteUrl: string, rows: readonly RoomIdRow[]): object {
  const items = rows.map(({ email, roomId }) =>
    roomId === undefined ? { email, systemGenerated: true } : { email, personalMeetingRoomId: roomId },
  );
  return { siteUrl, personalMeetingRoomIds: items };
}

/** The faults of each row, by its place; from the rules that the server judges by. */
export function faultsOf(siteUrl: string, rows: readonly RoomIdRow[]): Map<number, Fault[]> {
  const faults = new Map<number, Fault[]>();
  for (let start = 0; start < rows.length; start += rowsInCall) {
    const part = rows.slice(start, start + rowsInCall);
    const reading = readRoomIdBatch(bodyOf(siteUrl, part), 'documented');
    for (const [index, found] of faultsByRow(reading.faults)) faults.set(start + index, found);
  }
  for (const [index, { email }] of rows.entries()) {
    if (!address.test(email)) add(faults, index, fault('room-ids.person-known', email));
  }
  for (const [index, repeated] of repetitions(rows)) add(faults, index, repeated);
  return faults;
}

/** Sorts what was said about `personalMeetingRoomIds[3]…` under 3. */
export function faultsByRow(faults: readonly Fault[]): Map<number, Fault[]> {
  const byRow = new Map<number, Fault[]>();
  for (const found of faults) {
    const index = /^personalMeetingRoomIds\[(\d+)\]/.exec(found.description)?.[1];
    if (index !== undefined) add(byRow, Number(index), found);
  }
  return byRow;
}

function add(faults: Map<number, Fault[]>, index: number, found: Fault): void {
  faults.set(index, [...(faults.get(index) ?? []), found]);
}

/** People and ids that come a second time, which the rules look for within one call only. */
function repetitions(rows: readonly RoomIdRow[]): Map<number, Fault> {
  const found = new Map<number, Fault>();
  const people = new Map<string, number>();
  const ids = new Map<string, number>();
  for (const [index, { email, roomId = '' }] of rows.entries()) {
    const person = people.get(keyOf(email));
    const holder = ids.get(keyOf(roomId));
    // Within a call, the rules say it of ids themselves.
    const isFar = holder !== undefined && Math.floor(holder / rowsInCall) !== Math.floor(index / rowsInCall);
    if (person !== undefined && email !== '') found.set(index, fault('room-ids.person-once', email));
    else if (isFar && roomId !== '') found.set(index, fault('room-ids.id-once', roomId));
    people.set(keyOf(email), person ?? index);
    ids.set(keyOf(roomId), holder ?? index);
  }
  return found;
}
