/** What the entries of a file stand for, beside what the database has of them. */
import type {
  ExistingMembership,
  ExistingOrganization,
  ExistingSite,
  ExistingUser,
} from '../../directory/bulk-registry.ts';
import type { NewSite, NewUser, RoomNames } from '../../directory/registration.ts';
import type { StoredToken } from '../../identity/token-registry.ts';
import type { Integration } from '../../oauth/integration-registry.ts';
import type { Group, GroupFields } from '../../scim/group-store.ts';
import type { DocumentFault, Path } from './fault.ts';

/** What an entry asks for, beside what is there; undefined when it is new. */
export interface Resolved<Wanted, Existing = Wanted> {
  readonly wanted: Wanted;
  readonly existing: Existing | undefined;
}

export interface ResolvedMembership {
  readonly userId: string;
  readonly site: NewSite;
  readonly siteAdministrator: boolean;
  /** The names that the file gives or the database has; the others are still to be made. */
  readonly room: { -readonly [Name in keyof RoomNames]: RoomNames[Name] | undefined };
  readonly existing: ExistingMembership | undefined;
  readonly path: Path;
}

export interface ResolvedUser extends Resolved<NewUser, ExistingUser> {
  readonly memberships: readonly ResolvedMembership[];
  readonly tokens: readonly Resolved<StoredToken>[];
  /** The service account that the user is the machine of. */
  readonly account: Resolved<Integration> | undefined;
}

export interface WantedGroup extends GroupFields {
  readonly id: string;
  readonly organizationId: string;
}

export interface Resolution {
  readonly organizations: readonly Resolved<ExistingOrganization>[];
  readonly sites: readonly Resolved<NewSite, ExistingSite>[];
  /** Machines are among them. */
  readonly users: readonly ResolvedUser[];
  readonly groups: readonly Resolved<WantedGroup, Group>[];
  readonly integrations: readonly Resolved<Integration>[];
  readonly faults: readonly DocumentFault[];
}
