/** One setting, changed for many people: first what everybody has is read, then the change is made where it is one. */
import type { Fault } from '../../../../src/errors.ts';
import type { SiteSupport } from '../../../../src/preferences/site-support/schema.ts';
import { sectionPath } from '../../api/paths.ts';
import type { Sections } from '../../api/preferences.ts';
import { RequestFailed, request } from '../../api/request.ts';
import { isSame } from '../../form/draft.ts';
import { faultsOf } from '../../preferences/judge.ts';
import { Kept } from '../kept.ts';
import { type Outcome, Run } from '../run.ts';
import { type NewValue, wantedOf } from './new-value.ts';
import type { ManySetting } from './settings.ts';

export interface ChangeOrder {
  readonly siteUrl: string;
  readonly setting: ManySetting;
  readonly value: NewValue;
  /** The addresses. */
  readonly people: readonly string[];
}

/** What somebody had when it was looked at, the ETag of that, and what the rules say against the change. */
interface Found {
  readonly before: unknown;
  readonly etag: string;
  readonly faults: readonly Fault[];
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
  /** What the site supports: the same for all. */
  #support: SiteSupport | undefined;
  /** Undefined until {@link confirm}. */
  change: Run<string> | undefined;

  constructor(order: ChangeOrder, kept?: KeptJob) {
    this.order = order;
    this.#found = [...(kept?.found ?? order.people.map(() => null))];
    this.preview = new Run(order.people, (email, index) => this.#look(email, index), kept?.preview);
    if (kept?.change != null) this.#prepare(kept.change);
  }

  /** What somebody had when it was read, and would have; undefined until then. */
  values(index: number): { readonly before: unknown; readonly wanted: unknown } | undefined {
    const found = this.#found[index];
    if (found == null) return undefined;
    const { setting, value } = this.order;
    return { before: found.before, wanted: wantedOf(setting.field, found.before, value) };
  }

  /** What the rules say against the change for somebody. */
  faults(index: number): readonly Fault[] {
    return this.#found[index]?.faults ?? [];
  }

  isChange(index: number): boolean {
    const values = this.values(index);
    return values !== undefined && this.faults(index).length === 0 && !isSame(values.before, values.wanted);
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
    const { section, field } = this.order.setting;
    const { value: stored, etag } = await request<Record<string, unknown>>(this.#path(section, email));
    const before = stored[field] ?? (this.order.setting.choices === undefined ? [] : undefined);
    const wanted = wantedOf(field, before, this.order.value);
    const faults = isSame(before, wanted)
      ? []
      : await this.#faultsOf(email, stored, { ...stored, [field]: wanted });
    this.#found[index] = { before, etag, faults };
    if (faults.length > 0) throw new Error(faults.map(({ description }) => description).join(' '));
  }

  async #faultsOf(email: string, stored: object, draft: object): Promise<readonly Fault[]> {
    this.#support ??= (await request<SiteSupport>(this.#path('siteSupport', email))).value;
    const { section } = this.order.setting;
    type Section = Sections[typeof section];
    return faultsOf(section, stored as Section, draft as Section, { email, support: this.#support });
  }

  async #make(email: string, index: number): Promise<string | undefined> {
    if (this.#found[index] == null || this.faults(index).length > 0) await this.#look(email, index);
    if (!this.isChange(index)) return 'same';
    const { section, field } = this.order.setting;
    const body = { [field]: this.values(index)!.wanted };
    try {
      await request(this.#path(section, email), { method: 'PATCH', body, ifMatch: this.#found[index]!.etag });
    } catch (error) {
      // Somebody else came first. What is there now is shown beside the refusal, and another try goes by that.
      if (error instanceof RequestFailed && error.status === 412) await this.#look(email, index);
      throw error;
    }
    return 'changed';
  }

  #path(section: string, userEmail: string): string {
    return sectionPath(section, { userEmail, siteUrl: this.order.siteUrl });
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
  'changes',
  (job) => JSON.stringify(job),
  (text) => {
    const kept = JSON.parse(text) as KeptJob;
    return new ChangeJob(kept.order, kept);
  },
);
