/** Whom an identity of another server stands for here, and making those users who are new. */
import { randomUUID } from 'node:crypto';
import type { Audit } from '../audit/audit.ts';
import { type ExistingSite, existingSites } from '../directory/bulk-registry.ts';
import { isEmail, keyOf } from '../directory/email.ts';
import { membershipStatements, userStatement } from '../directory/registration.ts';
import type { RandomBytes } from '../directory/room-names.ts';
import type { Directory } from '../directory/store.ts';
import { userWithAddress } from '../identity/jwt-user-store.ts';
import { Conflict, type Database, directoryChanged } from '../platform/database.ts';
import type { OpenidIdentity } from './openid-provider.ts';

export interface OpenidUsersParts {
  readonly database: Database;
  readonly directory: Directory;
  readonly audit: Audit;
  readonly random: RandomBytes;
  readonly now: () => number;
  /** The site that unknown people join; empty when nobody does. */
  readonly createOnSite: string;
  /** The domains of people who may; empty for all. */
  readonly createDomains: readonly string[];
}

const longestName = 128;

export class OpenidUsers {
  readonly #parts: OpenidUsersParts;

  constructor(parts: OpenidUsersParts) {
    this.#parts = parts;
  }

  /** The id of the user with the verified address, who may be new; undefined for whoever is nobody here. */
  async userOf(identity: OpenidIdentity): Promise<string | undefined> {
    const { email } = identity;
    if (email === undefined || !isEmail(email)) return undefined;
    const { directory, database, createOnSite, createDomains } = this.#parts;
    const known = await userWithAddress(database, email);
    if (known !== undefined) return known.userId;
    // Machines and users who were deactivated.
    if ((await directory.memberByEmail(email)) !== undefined) return undefined;
    const domain = keyOf(email.slice(email.lastIndexOf('@') + 1));
    const isWelcome = createDomains.length === 0 || createDomains.some((each) => keyOf(each) === domain);
    if (createOnSite === '' || !isWelcome) return undefined;
    const [site] = await existingSites(database, [keyOf(createOnSite)]);
    return site && this.#create(identity, email, site);
  }

  async #create(identity: OpenidIdentity, email: string, site: ExistingSite): Promise<string | undefined> {
    const { audit, database, random, now } = this.#parts;
    const { siteUrl, organizationId, settings } = site;
    const id = randomUUID();
    const roles = { fullAdministrator: false, defaultSiteUrl: siteUrl };
    const user = { id, organizationId, email, ...namesOf(identity, email), ...roles };
    const membership = { userId: id, siteUrl, siteAdministrator: false, roomId: undefined };
    const created = {
      action: 'user-created',
      organizationId,
      actorId: '',
      actorName: 'The OpenID Connect provider',
      targetType: 'PERSON',
      targetId: id,
      targetName: user.displayName,
    } as const;
    try {
      await audit.recording([created], (also) =>
        database.write([
          userStatement(user, new Date(now()).toISOString()),
          ...membershipStatements(membership, settings, random),
          ...also,
          directoryChanged,
        ]),
      );
      return id;
    } catch (error) {
      // The same person in another browser came first, most likely.
      if (error instanceof Conflict) return (await userWithAddress(database, email))?.userId;
      throw error;
    }
  }
}

function namesOf({ name, givenName, familyName }: OpenidIdentity, email: string) {
  const displayName =
    name ?? ([givenName, familyName].filter((part) => part !== undefined).join(' ') || email);
  const cut = (text: string): string =>
    [...text.toWellFormed().replaceAll('\0', '')].slice(0, longestName).join('');
  const [first = '', ...rest] = displayName.split(' ');
  return {
    displayName: cut(displayName),
    firstName: cut(givenName ?? first),
    lastName: cut(familyName ?? rest.join(' ')),
  };
}
