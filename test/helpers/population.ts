/** Many users who have changed all of their preferences, for tests and benchmarks that need more than the demo's few. */
import { randomBytes } from 'node:crypto';
import { demoOrganizations } from '../../src/development/demo.ts';
import { membershipStatements, userStatement } from '../../src/directory/registration.ts';
import { hashOf, newTokenValue, tokenStatement } from '../../src/identity/tokens.ts';
import { Conflict, type Database, directoryChanged, type Statement } from '../../src/platform/database.ts';
import { noSecrets } from '../../src/platform/secrets.ts';
import {
  audioExample,
  personalMeetingRoomExample,
  schedulingOptionsExample,
  videoExample,
} from '../../src/preferences/examples.ts';
import { firstVersionStatement } from '../../src/preferences/store.ts';

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly siteUrl: string;
  /** With both user-level scopes. */
  readonly token: string;
}

/** What everybody has stored, at revision 1. */
export const documentsOfEverybody = {
  personalMeetingRoom: personalMeetingRoomExample,
  audio: audioExample,
  video: videoExample,
  schedulingOptions: schedulingOptionsExample,
};

const peoplePerUnit = 500;
const { id: organizationId, sites } = demoOrganizations[0]!;
const siteUrl = sites[3]!;

/** Adds `count` people to the demo organization, each on all of its sites. */
export async function seedPopulation(database: Database, count: number, now: string): Promise<Person[]> {
  const people = Array.from({ length: count }, (_, index) => ({
    id: crypto.randomUUID(),
    email: `person${index}@example.com`,
    siteUrl,
    token: newTokenValue(),
  }));
  for (let start = 0; start < count; start += peoplePerUnit) {
    await writeAgain(database, () => [
      ...people.slice(start, start + peoplePerUnit).flatMap((person) => statementsFor(person, now)),
      directoryChanged,
    ]);
  }
  return people;
}

/** Room ids and access codes are random: among thousands, some are taken, and new ones are not. */
async function writeAgain(database: Database, unit: () => Statement[]): Promise<void> {
  for (;;) {
    try {
      return await database.write(unit());
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
    }
  }
}

function statementsFor({ id, email, token }: Person, now: string): Statement[] {
  const user = {
    id,
    organizationId,
    email,
    displayName: 'Pat Person',
    firstName: 'Pat',
    lastName: 'Person',
    fullAdministrator: false,
    defaultSiteUrl: siteUrl,
  };
  const scopes = ['meeting:preferences_read', 'meeting:preferences_write'] as const;
  const newToken = { id: crypto.randomUUID(), hash: hashOf(token), userId: id, name: 'load', scopes };
  return [
    userStatement(user, now),
    ...sites.flatMap((site) => {
      const membership = { userId: id, siteUrl: site, siteAdministrator: false, roomId: undefined };
      return membershipStatements(membership, {}, randomBytes);
    }),
    tokenStatement({ ...newToken, expires: undefined }, now),
    ...Object.entries(documentsOfEverybody).map(([section, document]) =>
      firstVersionStatement([id, siteUrl, section], document, now, noSecrets),
    ),
  ];
}
