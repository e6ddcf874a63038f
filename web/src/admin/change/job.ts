/** One setting, changed for many people: first what everybody has is read, then the change is made where it is one. */
import { sectionPath } from '../../api/paths.ts';
import { request } from '../../api/request.ts';
import { Kept } from '../kept.ts';
import { type Outcome, Run } from '../run.ts';
import type { ManySetting } from './settings.ts';

export interface ChangeOrder {
  readonly siteUrl: string;
  readonly setting: ManySetting;
  readonly value: unknown;
  /** The addresses. */
  readonly people: readonly string[];
}

/** What somebody had when it was looked at, and the ETag of that. */
interface Found {
  readonly before: unknown;
  readonly etag: string;
}

interface KeptJob {
  readonly order: ChangeOrder;
  readonly found: readonly (Found | null)[];
  readonly preview: readonly Outcome[];
  readonly change: readonly Outcome[] | null;
}

export class ChangeJob {
  readonly order: ChangeOrder;
  /** Reads what everybody has. */
  readonly preview: Run<string>;
  /** By the place in the list. */
  readonly #found: (Found | null)[];
  /** Undefined until {@link confirm}. */
  change: Run<string> | undefined;

  constructor(order: ChangeOrder, kept?: KeptJob) {
    this.order = order;
    this.#found = [...(kept?.found ?? order.people.map(() => null))];
    this.preview = new Run(order.people, (email, index) => this.#look(email, index), kept?.preview);
    if (kept?.change != null) this.#prepare(kept.change);
  }

  /** What somebody has now; undefined until it was read. */
  before(index: number): unknown {
    return this.#found[index]?.before;
  }

  isChange(index: number): boolean {
    const found = this.#found[index];
    return found != null && found.before !== this.order.value;
  }

  /** How many people it is a change for. */
  get changes(): number {
    return this.order.people.filter((_email, index) => this.isChange(index)).length;
  }

  /** Begins to make the changes. */
  confirm(): void {
    this.#prepare();
    void this.change!.start();
  }

  #prepare(outcomes?: readonly Outcome[]): void {
    this.change = new Run(this.order.people, (email, index) => this.#make(email, index), outcomes);
  }

  async #look(email: string, index: number): Promise<undefined> {
    const { value, etag } = await request<Record<string, unknown>>(this.#path(email));
    this.#found[index] = { before: value[this.order.setting.field], etag };
  }

  async #make(email: string, index: number): Promise<string | undefined> {
    if (!this.isChange(index)) return 'same';
    const body = { [this.order.setting.field]: this.order.value };
    await request(this.#path(email), { method: 'PATCH', body, ifMatch: this.#found[index]!.etag });
    return 'changed';
  }

  #path(userEmail: string): string {
    return sectionPath(this.order.setting.section, { userEmail, siteUrl: this.order.siteUrl });
  }

  toJSON(): KeptJob {
    return {
      order: this.order,
      found: this.#found,
      preview: this.preview.progress().outcomes,
      change: this.change?.progress().outcomes ?? null,
    };
  }
}

export const keptChange = new Kept<ChangeJob>(
  'change',
  (job) => JSON.stringify(job),
  (text) => {
    const kept = JSON.parse(text) as KeptJob;
    return new ChangeJob(kept.order, kept);
  },
);
