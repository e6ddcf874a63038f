/** New room ids for many people, in calls of a hundred: each call changes all of its people or none. */
import type { Fault } from '../../../../src/errors.ts';
import { RequestFailed, request } from '../../api/request.ts';
import { Kept } from '../kept.ts';
import { type Outcome, Run } from '../run.ts';
import { bodyOf, faultsByRow, type RoomIdRow, rowsInCall } from './rows.ts';

interface Answer {
  readonly personalMeetingRoomIds: readonly { readonly personalMeetingRoomId: string }[];
}

interface KeptJob {
  readonly siteUrl: string;
  readonly rows: readonly RoomIdRow[];
  readonly given: readonly [number, string][];
  readonly faults: readonly [number, readonly Fault[]][];
  readonly outcomes: readonly Outcome[];
  readonly keys: readonly string[];
}

const path = '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId';

export class RoomIdsJob {
  readonly siteUrl: string;
  readonly rows: readonly RoomIdRow[];
  /** The ids in force now, by row. */
  readonly given: Map<number, string>;
  /** What the server said against rows. */
  readonly faults: Map<number, readonly Fault[]>;
  /** Each item is the place of the first row of a call. */
  readonly run: Run<number>;
  /** One for each call, until it is answered: sent again after a lost answer, it is not done again. */
  readonly #keys: string[];

  constructor(siteUrl: string, rows: readonly RoomIdRow[], kept?: KeptJob) {
    this.siteUrl = siteUrl;
    this.rows = rows;
    this.given = new Map(kept?.given);
    this.faults = new Map(kept?.faults);
    const starts = Array.from(
      { length: Math.ceil(rows.length / rowsInCall) },
      (_, call) => call * rowsInCall,
    );
    this.#keys = [...(kept?.keys ?? starts.map(() => randomKey()))];
    this.run = new Run(starts, (start) => this.#call(start), kept?.outcomes);
  }

  /** The rows that have no new id, but for those that the server found something wrong with. */
  remaining(): RoomIdRow[] {
    return this.rows.filter((_row, index) => !this.given.has(index) && !this.faults.has(index));
  }

  /** The outcome of the call that a row is in. */
  outcomeOf(row: number): Outcome {
    return this.run.progress().outcomes[Math.floor(row / rowsInCall)]!;
  }

  async #call(start: number): Promise<undefined> {
    const rows = this.rows.slice(start, start + rowsInCall);
    const call = start / rowsInCall;
    const idempotencyKey = this.#keys[call]!;
    try {
      const { value } = await request<Answer>(path, {
        method: 'POST',
        body: bodyOf(this.siteUrl, rows),
        idempotencyKey,
      });
      for (const [index, { personalMeetingRoomId }] of value.personalMeetingRoomIds.entries())
        this.given.set(start + index, personalMeetingRoomId);
    } catch (error) {
      if (error instanceof RequestFailed) {
        for (const [index, faults] of faultsByRow(error.faults)) this.faults.set(start + index, faults);
        this.#keys[call] = randomKey();
      }
      throw error;
    }
  }

  toJSON(): KeptJob {
    return {
      siteUrl: this.siteUrl,
      rows: this.rows,
      given: [...this.given],
      faults: [...this.faults],
      outcomes: this.run.progress().outcomes,
      keys: this.#keys,
    };
  }
}

/** Not crypto.randomUUID: that is for pages from https alone. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-');
}

export const keptRoomIds = new Kept<RoomIdsJob>(
  'room-ids',
  (job) => JSON.stringify(job),
  (text) => {
    const kept = JSON.parse(text) as KeptJob;
    return new RoomIdsJob(kept.siteUrl, kept.rows, kept);
  },
);
