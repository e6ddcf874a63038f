/** Makes the parts of sign-in of the settings. */
import type { RandomBytes } from '../directory/room-names.ts';
import { InvalidSetting, variableOf } from '../platform/config.ts';
import type { SignInSettings } from '../platform/sign-in-settings.ts';
import { LocalAccounts } from './local-accounts.ts';
import { OpenidProvider } from './openid-provider.ts';
import { OpenidUsers } from './openid-users.ts';
import type { Openid, SignInParts } from './outcomes.ts';

type Given = Omit<SignInParts, 'accounts' | 'openid' | 'isDevelopment'> & { readonly random: RandomBytes };
type Settings = SignInSettings & { readonly acceptDevelopmentTokens: boolean };

export function signInParts(settings: Settings, given: Given): SignInParts {
  const { database, now } = given;
  return {
    ...given,
    accounts: new LocalAccounts(database, now),
    openid: openidFrom(settings, given),
    isDevelopment: settings.acceptDevelopmentTokens,
  };
}

/** Undefined where no provider is named, and in development mode, where everybody may be whom they like. */
function openidFrom(
  settings: Settings,
  { database, directory, random, now, audit }: Given,
): Openid | undefined {
  const {
    openidIssuer: issuer,
    openidClientId: clientId,
    openidClientSecretFile: clientSecretFile,
  } = settings;
  if (issuer === '' || settings.acceptDevelopmentTokens) return undefined;
  if (clientId === '') {
    const name = variableOf('openidClientId');
    throw new InvalidSetting(
      `${name} must be what ${issuer} calls this server, because ${issuer} is the issuer.`,
    );
  }
  const options = { issuer, clientId, clientSecretFile, scopes: settings.openidScopes };
  const { openidCreateOnSite: createOnSite, openidCreateDomains: createDomains } = settings;
  return {
    provider: new OpenidProvider(options, now),
    users: new OpenidUsers({ database, directory, random, now, audit, createOnSite, createDomains }),
    label: settings.openidLabel,
  };
}
