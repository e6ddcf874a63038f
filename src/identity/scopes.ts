/** The scopes, and which of them each operation needs (contract section 1). */

/** The scopes of the meeting preferences themselves. */
export const meetingScopes = [
  'meeting:preferences_read',
  'meeting:preferences_write',
  'meeting:admin_preferences_read',
  'meeting:admin_preferences_write',
  'meeting:admin_config_read',
  'meeting:admin_config_write',
] as const;

/** All that a token can carry: those, and what people, their provisioning, their tokens and the audit log ask for. */
export const allScopes = [
  ...meetingScopes,
  'spark:people_read',
  'spark-admin:people_read',
  'spark-admin:people_write',
  'identity:people_read',
  'identity:people_rw',
  'identity:tokens_read',
  'identity:tokens_write',
  'audit:events_read',
] as const;

export type Scope = (typeof allScopes)[number];

/** Those that concern the caller's own: all others do more only for administrators. */
export const userLevelScopes = [
  'meeting:preferences_read',
  'meeting:preferences_write',
  'spark:people_read',
] as const satisfies readonly Scope[];

/** Either the user-level scope, or all of the admin-level ones. */
export interface OperationScopes {
  readonly user: Scope | undefined;
  readonly admin: readonly Scope[];
}

export const readScopes: OperationScopes = {
  user: 'meeting:preferences_read',
  admin: ['meeting:admin_preferences_read'],
};

/** For what concerns a whole site. */
export const adminReadScopes: OperationScopes = { user: undefined, admin: readScopes.admin };

/** Who is in the organization: for everybody in it as far as colleagues may see, for administrators in full. */
export const peopleReadScopes: OperationScopes = {
  user: 'spark:people_read',
  admin: ['spark-admin:people_read'],
};

export const peopleWriteScopes: OperationScopes = { user: undefined, admin: ['spark-admin:people_write'] };

/** Who is provisioned by another directory: either scope lets a full administrator read. */
export const provisioningReadScopes: OperationScopes = {
  user: 'identity:people_read',
  admin: ['identity:people_rw'],
};

export const provisioningScopes: OperationScopes = { user: undefined, admin: ['identity:people_rw'] };

export const tokensReadScopes: OperationScopes = { user: undefined, admin: ['identity:tokens_read'] };

export const tokensWriteScopes: OperationScopes = { user: undefined, admin: ['identity:tokens_write'] };

export const writeScopes: OperationScopes = {
  user: 'meeting:preferences_write',
  admin: ['meeting:admin_preferences_write'],
};

export const refreshScopes: OperationScopes = {
  user: undefined,
  admin: ['meeting:admin_preferences_write', 'meeting:admin_config_write'],
};

export const configReadScopes: OperationScopes = { user: undefined, admin: ['meeting:admin_config_read'] };

export const configWriteScopes: OperationScopes = { user: undefined, admin: ['meeting:admin_config_write'] };

/** What each scope lets its holder do, for the served description and the consent of people. */
export const scopeMeanings: Readonly<Record<Scope, string>> = {
  'meeting:preferences_read': 'See your own meeting preferences.',
  'meeting:preferences_write': 'Change your own meeting preferences.',
  'meeting:admin_preferences_read': 'See the meeting preferences of everyone on the sites you administer.',
  'meeting:admin_preferences_write':
    'Change the meeting preferences of everyone on the sites you administer.',
  'meeting:admin_config_read': 'See the settings of the sites you administer.',
  'meeting:admin_config_write': 'Change the settings of the sites you administer.',
  'spark:people_read': 'See who you are, and the names of people in your organization.',
  'spark-admin:people_read': 'See everyone in the organization you administer, with their roles and sites.',
  'spark-admin:people_write': 'Add, change and remove people of the organization you administer.',
  'identity:people_read': 'Read people and groups for provisioning.',
  'identity:people_rw': 'Provision people and groups: read, add, change and remove them.',
  'identity:tokens_read': 'See which access tokens there are in the organization you administer.',
  'identity:tokens_write': 'Create and revoke access tokens in the organization you administer.',
  'audit:events_read': 'See who signed in and who changed what in the organization you administer.',
};
