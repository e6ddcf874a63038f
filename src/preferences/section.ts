/** What is the same for every section: reading, replacing and patching its document. */
import type { Static, TObject } from 'typebox';
import type { Call, Operation } from '../identity/operation.ts';
import { andThen } from '../platform/at-once.ts';
import type { Compatibility } from '../request/body.ts';
import { mergePatch } from '../request/merge-patch.ts';
import { readTarget, targetParameters } from '../request/target.ts';
import { noteRead, sectionInWords } from './auditing.ts';
import type { PreferencesParts } from './parts.ts';
import type { Section } from './store.ts';
import { resolveSubject, type Subject } from './subject.ts';

export interface SectionOperations<T extends TObject> {
  readonly section: Section<Static<T>>;
  readonly schema: T;
  readonly get: Operation;
  readonly update: Operation;
  readonly patch: Operation;
  /** The rules: `current` changed as `body` asks for, or a 400 with every fault. */
  readonly change: (
    current: Static<T>,
    body: unknown,
    subject: Subject,
    compatibility: Compatibility,
  ) => Static<T>;
}

/** Mounts the three operations of a section. */
export function mountSection<T extends TObject>(
  parts: PreferencesParts,
  section: SectionOperations<T>,
): void {
  const { operations, preferences, compatibility, audit } = parts;
  const { section: documents, schema, change } = section;

  operations.mount({ ...section.get, hasEtag: true, foresees: 'reading' }, (call) =>
    andThen(subjectOf(parts, call), (subject) => {
      noteRead(audit, call, subject.user, subject.membership.site.siteUrl, sectionInWords[documents.name]);
      return preferences.read(documents, subject);
    }),
  );

  operations.mount({ ...section.update, hasEtag: true, foresees: 'changing' }, async (call) => {
    const subject = await subjectOf(parts, call);
    return preferences.update(documents, subject, call, (current) =>
      change(current, call.body, subject, compatibility),
    );
  });

  operations.mount({ ...section.patch, hasEtag: true, foresees: 'changing' }, async (call) => {
    const subject = await subjectOf(parts, call);
    return preferences.update(documents, subject, call, (current) => {
      const patched = mergePatch(schema, call.body, current, documents.initial(subject));
      return change(current, patched, subject, compatibility);
    });
  });
}

/** The subject of an operation that takes `userEmail` and `siteUrl` from its query. */
export function subjectOf(
  parts: PreferencesParts,
  { caller, scopes, query, body }: Call,
): Subject | Promise<Subject> {
  const target = readTarget(targetParameters, query, body, parts.compatibility);
  return resolveSubject(parts.directory, caller, scopes, target);
}

/** The PATCH beside a PUT: the same rules for what it makes. */
export function patchOf(update: Operation, id: string, example: object): Operation {
  return {
    ...update,
    id,
    method: 'PATCH',
    summary: update.summary.replace('Update', 'Patch'),
    description:
      'Changes only the fields that are given, as a JSON merge patch (RFC 7396). Null resets an optional field.',
    body: { schema: update.body!.schema, example },
  };
}
