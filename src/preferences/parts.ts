import type { Audit } from '../audit/audit.ts';
import type { RandomBytes } from '../directory/room-names.ts';
import type { Directory } from '../directory/store.ts';
import type { Operations } from '../identity/operations.ts';
import type { Compatibility } from '../request/body.ts';
import type { RecordStore } from './record-store.ts';
import type { PreferencesStore } from './store.ts';

/** What the slices are wired with. */
export interface PreferencesParts {
  readonly operations: Operations;
  readonly directory: Directory;
  readonly preferences: PreferencesStore;
  readonly records: RecordStore;
  readonly compatibility: Compatibility;
  readonly random: RandomBytes;
  readonly audit: Audit;
}
