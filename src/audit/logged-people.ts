/** Adds, changes and removes people and groups so that the audit log tells of it, in the same unit. */
import { randomUUID } from 'node:crypto';
import type { Actor } from '../directory/deletion-store.ts';
import type { PeopleChanges } from '../directory/people-changes-store.ts';
import type { Person, PersonFields } from '../directory/person.ts';
import type { Statement } from '../platform/database.ts';
import type { Audit } from './audit.ts';
import { changeEvents, personEvent, roleEvents } from './person-events.ts';

/** The statements of a change, and who the people were and are that it changes. */
export interface GroupChange {
  readonly unit: Statement[];
  readonly people: readonly (readonly [before: Person, after: PersonFields])[];
}

const nothing = { fullAdministrator: false, sites: [] };

export class LoggedPeople {
  readonly changes: PeopleChanges;
  readonly #audit: Audit;

  constructor(changes: PeopleChanges, audit: Audit) {
    this.changes = changes;
    this.#audit = audit;
  }

  /** As {@link PeopleChanges.create}, under a new uuid. */
  create(organizationId: string, actor: Actor, fields: PersonFields): Promise<Person> {
    const target = { id: randomUUID(), organizationId, displayName: fields.displayName };
    const events = [
      personEvent('user-created', target, actor),
      ...roleEvents(target, nothing, fields, actor),
    ];
    return this.#audit.recording(events, (statements) =>
      this.changes.create(target.id, organizationId, fields, statements),
    );
  }

  /** As {@link PeopleChanges.update}. */
  update(
    organizationId: string,
    id: string,
    actor: Actor,
    change: (person: Person) => Promise<PersonFields>,
  ): Promise<Person | undefined> {
    return this.#audit.recording([], (_, more) =>
      this.changes.update(organizationId, id, actor, change, (before, after) =>
        more(changeEvents(before, after, actor)),
      ),
    );
  }

  /** As {@link PeopleChanges.delete}. */
  delete(person: Person, actor: Actor): Promise<boolean> {
    return this.#audit.recording([personEvent('user-deleted', person, actor)], (statements) =>
      this.changes.delete(person, actor, statements),
    );
  }

  /** Something done to a group, and to people by that: `make` makes it anew for every try. */
  async group(
    action: 'group-created' | 'group-updated' | 'group-deleted',
    target: { readonly organizationId: string; readonly id: string; readonly displayName: string },
    actor: Actor,
    make: () => Promise<GroupChange>,
  ): Promise<void> {
    const event = { ...personEvent(action, target, actor), targetType: 'GROUP' as const };
    await this.#audit.recording([event], (statements, more) =>
      this.changes.writeTogether(async () => {
        const { unit, people } = await make();
        const roles = people.flatMap(([before, after]) => roleEvents(before, before, after, actor));
        return [...unit, ...statements, ...more(roles)];
      }),
    );
  }
}
