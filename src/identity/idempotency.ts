/** Idempotency-Key: a request that is sent again is done once, and answered as it was the first time. */
import { hash, randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  ApiError,
  conflict,
  fault,
  idempotencyKeyReused,
  invalidRequest,
  type Refusal,
  repeated,
  requestInProgress,
} from '../errors.ts';
import type { IdempotencyRegistry, KeyOfUser, Reservation } from './idempotency-registry.ts';
import type { Answer } from './operation.ts';

/** What is remembered of a request. */
type Outcome = { readonly answer: Answer | null } | { readonly refusal: Refusal };

/** How long a key stands for its request. */
const keptMs = 24 * 3_600_000;
/** No request takes this long: whoever began it is gone. */
const abandonedAfterMs = 60_000;
/** Each try fails only when another request with the same key came first, or was forgotten at this moment. */
const attempts = 8;
const sweepIntervalMs = 600_000;
const rowsPerUnit = 200;
/** Refusals of the moment: the same request may well succeed later. */
const passing: readonly number[] = [409, 412, 429];

export class Idempotency {
  readonly #registry: IdempotencyRegistry;
  readonly #now: () => number;

  constructor(registry: IdempotencyRegistry, now: () => number) {
    this.#registry = registry;
    this.#now = now;
  }

  /**
   * Runs `run` unless the user had `request` done with this key before: then the answer, or the refusal, is that of the
   * first time. Another request with the key is a 422, and one that is still under way a 409.
   */
  async once(
    key: string,
    userId: string,
    request: FastifyRequest,
    run: () => Answer | Promise<Answer>,
  ): Promise<Answer> {
    if (!/^[ -~]{1,255}$/.test(key)) throw invalidRequest(fault('request.idempotency-key'));
    const keyOfUser = { userId, key };
    const owner = randomUUID();
    const known = await this.#reserve(keyOfUser, owner, fingerprintOf(request));
    return known === undefined ? this.#run(keyOfUser, owner, run) : outcomeFrom(known);
  }

  /** The remembered outcome; undefined when the key is reserved for `owner` now. */
  async #reserve(keyOfUser: KeyOfUser, owner: string, fingerprint: string): Promise<string | undefined> {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const next: Reservation = { fingerprint, owner, reserved: this.#before(0) };
      if (await this.#registry.reserve(keyOfUser, next)) return undefined;
      const known = await this.#registry.find(keyOfUser);
      if (known === undefined) continue;
      const isExpired = known.reserved < this.#before(keptMs);
      if (!isExpired && known.fingerprint !== fingerprint) throw idempotencyKeyReused();
      if (!isExpired && known.answer !== undefined) return known.answer;
      if (!isExpired && known.reserved >= this.#before(abandonedAfterMs)) throw requestInProgress();
      if (await this.#registry.takeOver(keyOfUser, known, next)) return undefined;
    }
    throw conflict();
  }

  async #run(keyOfUser: KeyOfUser, owner: string, run: () => Answer | Promise<Answer>): Promise<Answer> {
    // What was done was done, and is told, whether or not it can be remembered.
    const remember = (outcome: Outcome): Promise<void> =>
      this.#registry.store(keyOfUser, owner, JSON.stringify(outcome)).catch(() => {});
    try {
      const answer = await run();
      await remember({ answer: answer ?? null });
      return answer;
    } catch (error) {
      if (error instanceof ApiError && error.status < 500 && !passing.includes(error.status)) {
        await remember({ refusal: { kind: error.kind, faults: error.faults, headers: error.headers } });
      } else {
        await this.#registry.release(keyOfUser, owner).catch(() => {});
      }
      throw error;
    }
  }

  /** Forgets what is older than a day, in units that hold nobody up, until nothing is left or `isStopped`. */
  async removeExpired(isStopped: () => boolean = () => false): Promise<void> {
    const time = this.#before(keptMs);
    while (!isStopped()) {
      const keys = await this.#registry.expired(time, rowsPerUnit);
      if (keys.length > 0) await this.#registry.remove(keys, time);
      if (keys.length < rowsPerUnit) return;
    }
  }

  #before(ms: number): string {
    return new Date(this.#now() - ms).toISOString();
  }
}

/** Something that removes what is of no use any more, until nothing is left or `isStopped`. */
export type Forgetful = Pick<Idempotency, 'removeExpired'>;

/** Forgets in the background as long as the server listens; what fails is tried again the next time. */
export function forgetInBackground(app: FastifyInstance, forgetful: Forgetful): void {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let sweep = Promise.resolve();
  app.addHook('onListen', (done) => {
    timer = setInterval(() => {
      sweep = sweep.then(() => forgetful.removeExpired(() => isStopped)).catch(() => {});
    }, sweepIntervalMs).unref();
    done();
  });
  app.addHook('onClose', async () => {
    isStopped = true;
    clearInterval(timer);
    await sweep;
  });
}

function fingerprintOf({ method, url, body }: FastifyRequest): string {
  return hash('sha256', `${method} ${url}\n${JSON.stringify(body) ?? ''}`, 'base64url');
}

function outcomeFrom(text: string): Answer {
  const outcome = JSON.parse(text) as Outcome;
  if ('refusal' in outcome) throw repeated(outcome.refusal);
  return outcome.answer ?? undefined;
}
