/** The scopes, and which of them each operation needs (contract section 1). */

export const allScopes = [
  'meeting:preferences_read',
  'meeting:preferences_write',
  'meeting:admin_preferences_read',
  'meeting:admin_preferences_write',
  'meeting:admin_config_read',
  'meeting:admin_config_write',
] as const;

export type Scope = (typeof allScopes)[number];

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

export const writeScopes: OperationScopes = {
  user: 'meeting:preferences_write',
  admin: ['meeting:admin_preferences_write'],
};

export const refreshScopes: OperationScopes = {
  user: undefined,
  admin: ['meeting:admin_preferences_write', 'meeting:admin_config_write'],
};

/** What each scope lets its holder do, for the served description and the consent of people. */
export const scopeMeanings: Readonly<Record<Scope, string>> = {
  'meeting:preferences_read': 'See your own meeting preferences.',
  'meeting:preferences_write': 'Change your own meeting preferences.',
  'meeting:admin_preferences_read': 'See the meeting preferences of everyone on the sites you administer.',
  'meeting:admin_preferences_write':
    'Change the meeting preferences of everyone on the sites you administer.',
  'meeting:admin_config_read': 'See the settings of the sites you administer.',
  'meeting:admin_config_write': 'Change the settings of the sites you administer.',
};
