/**
 * What many clients were answered about one document, judged when all is over. The history tells which change came after
 * which; everything that anybody was answered has to fit that order, and the order has to fit the clock: what was answered
 * before something else began came before it. So no update is lost, none happens twice, and no read is stale.
 */
import assert from 'node:assert/strict';
import { type Item, masked, step } from '../helpers/history.ts';
import type { Fields } from '../helpers/random-bodies.ts';
import { type Change, outcomeOf, type Refusal, type SectionName } from './model.ts';

interface Span {
  /** As performance.now() tells it: before the request was sent, and when the whole answer was there. */
  readonly began: number;
  readonly answered: number;
}

/** What a GET answered. */
export interface Sight extends Span {
  readonly etag: string;
  readonly document: Fields;
}

export interface Attempt extends Span {
  readonly trackingId: string;
  readonly change: Change;
  readonly ifMatch: string | undefined;
  /** Also when no tag in If-Match fits, and when others came first several times in a row. */
  readonly result: 'accepted' | Refusal | 'unmatched' | 'lost';
  readonly etag: string | undefined;
  readonly body: unknown;
}

interface Version extends Span {
  readonly revision: number;
  readonly document: Fields;
  /** Undefined until somebody was told. */
  etag: string | undefined;
}

export class Observations {
  readonly section: SectionName;
  readonly sights: Sight[] = [];
  readonly attempts: Attempt[] = [];
  readonly #first: Version;

  /** `first` is what somebody saw before anybody changed anything. */
  constructor(section: SectionName, first: Sight) {
    this.section = section;
    this.#first = { ...first, revision: revisionIn(first.etag) };
  }

  /** Whether a change of the history came after what was there at first. */
  covers(item: Item): boolean {
    return revisionIn(item.id) > this.#first.revision;
  }

  /**
   * `items` are the whole history of the section, newest first, and `last` is what GET answers at the end. Returns how many
   * changes were made while another one was.
   */
  judge(items: readonly Item[], last: Sight): number {
    const versions = this.#versionsBy(items.filter((item) => this.covers(item)));
    assertOrder(versions);
    assert.equal(revisionIn(last.etag), versions.at(-1)!.revision, 'the newest change is not in the history');
    for (const { etag, document, ...span } of [...this.sights, last]) {
      const version = possible(versions, span).find(({ revision }) => revision === revisionIn(etag));
      assert.ok(version !== undefined, `${etag} was not in force at that time`);
      version.etag ??= etag;
      assert.equal(etag, version.etag);
      assert.deepEqual(document, version.document);
    }
    for (const attempt of this.attempts) this.#assertReasonable(attempt, versions);
    // The one before, and the change itself, are possible anyway.
    return versions.slice(1).filter((version) => possible(versions, version).length > 2).length;
  }

  /** Replays the changes that were accepted, in the order of the history, which has to tell of each of them once. */
  #versionsBy(items: readonly Item[]): Version[] {
    const accepted = new Map(
      this.attempts.filter(({ result }) => result === 'accepted').map((one) => [one.trackingId, one]),
    );
    assert.equal(items.length, accepted.size, 'the history has not one change for each that was accepted');
    const versions = [this.#first];
    let shown = masked(this.#first.document);
    // It is listed by the clock of who made a change. One that waited for the disk can find that another process made what it
    // builds on, word for word and later: of two at the same time, either may be listed first. The revision tells.
    const listed = items.toReversed();
    for (const item of listed.toSorted((one, other) => revisionIn(one.id) - revisionIn(other.id))) {
      const revision = versions.at(-1)!.revision + 1;
      assert.equal(revisionIn(item.id), revision);
      const attempt = accepted.get(item.trackingId);
      assert.ok(attempt !== undefined, `${item.trackingId} was not accepted, or twice in the history`);
      accepted.delete(item.trackingId);
      const { change, etag, body, began, answered } = attempt;
      const document = this.#outcome(attempt, versions, versions.at(-1)!);
      assert.ok(typeof document === 'object', `revision ${revision} is ${document}, and was accepted`);
      shown = step(shown, item, 'before', 'after');
      assert.deepEqual(shown, masked(document), `revision ${revision} by ${change.kind}`);
      assert.deepEqual(body, answerTo(change, document));
      if (etag !== undefined) assert.equal(revisionIn(etag), revision);
      versions.push({ revision, document, began, answered, etag });
    }
    assertOrder(listed.map(({ id }) => versions[revisionIn(id) - this.#first.revision]!));
    return versions;
  }

  /** What an attempt comes to that finds `current` in force. */
  #outcome(
    { ifMatch, change }: Attempt,
    versions: readonly Version[],
    current: Version,
  ): Fields | Refusal | 'unmatched' {
    const isMatching = ifMatch === undefined || ifMatch === '*' || revisionIn(ifMatch) === current.revision;
    if (!isMatching) return 'unmatched';
    return outcomeOf(this.section, change, current.document, (revision) => {
      const version = versions[revision - this.#first.revision];
      assert.ok(version !== undefined, `revision ${revision} was reverted before it was there`);
      return version.document;
    });
  }

  /** Whoever was refused met a version that refuses them; whoever lost met others. */
  #assertReasonable(attempt: Attempt, versions: readonly Version[]): void {
    const { result, change } = attempt;
    if (result === 'accepted') return;
    const met = possible(versions, attempt);
    const isReasonable =
      result === 'lost'
        ? met.length > 1
        : met.some((version) => this.#outcome(attempt, versions, version) === result);
    assert.ok(isReasonable, `${change.kind} was refused as ${result}, for no reason`);
  }
}

function answerTo({ kind }: Change, document: Fields): unknown {
  if (kind === 'delete') return undefined;
  return kind === 'insert' ? { emails: document.delegateEmails } : document;
}

/** The number in an ETag, or in the id of a change. */
export function revisionIn(name: string): number {
  const [, digits] = /^(?:"|[a-z]+-)(\d+)-/i.exec(name) ?? [];
  assert.ok(digits !== undefined, `${name} tells no revision`);
  return Number(digits);
}

/** What may have been in force while something was asked: from the last one answered before to the last one begun. */
function possible(versions: readonly Version[], { began, answered }: Span): readonly Version[] {
  const start = versions.findLastIndex((version) => version.answered < began);
  const end = versions.findLastIndex((version) => version.began < answered);
  return versions.slice(Math.max(0, start), end + 1);
}

/** Nothing comes before what had been answered when it began. */
function assertOrder(versions: readonly Version[]): void {
  let latestStart = Number.NEGATIVE_INFINITY;
  for (const { revision, began, answered } of versions) {
    assert.ok(answered > latestStart, `revision ${revision} was answered before an earlier one began`);
    latestStart = Math.max(latestStart, began);
  }
}
