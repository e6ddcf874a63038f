/** The demo organization: what development mode starts with, so that every documented example works as printed. */
import { randomBytes } from 'node:crypto';
import { demoFact, factStatement } from '../directory/facts.ts';
import {
  membershipStatements,
  membershipWithRoomStatement,
  organizationStatement,
  siteStatement,
  userStatement,
} from '../directory/registration.ts';
import { generateInitialPins } from '../directory/room-names.ts';
import type { SiteSettings } from '../directory/site-settings.ts';
import { allScopes, meetingScopes, type Scope } from '../identity/scopes.ts';
import { hashOf, tokenStatement } from '../identity/tokens.ts';
import { type Database, directoryChanged, type Statement } from '../platform/database.ts';
import type { Secrets } from '../platform/secrets.ts';
import { delegationStatements } from '../preferences/delegation-store.ts';
import {
  audioExample,
  personalMeetingRoomExample,
  roomFactsExample,
  schedulingOptionsExample,
  videoExample,
} from '../preferences/examples.ts';
import { firstVersionStatement } from '../preferences/store.ts';

interface DemoUser {
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
  readonly sites: readonly string[];
  readonly defaultSite: string;
  readonly fullAdministrator?: boolean;
  readonly administers?: readonly string[];
  readonly roomId?: string;
  readonly tokens: Readonly<Record<string, readonly Scope[]>>;
}

interface DemoOrganization {
  readonly id: string;
  readonly name: string;
  readonly sites: readonly string[];
  readonly users: readonly DemoUser[];
}

const userScopes: readonly Scope[] = ['meeting:preferences_read', 'meeting:preferences_write'];
const readScopes: readonly Scope[] = ['meeting:preferences_read', 'meeting:admin_preferences_read'];
const exampleSites = ['1', '2', '3', '4']
  .map((number) => `site${number}-example.webex.com`)
  .concat('example.webex.com');
const johnsSite = 'site4-example.webex.com';

const john: DemoUser = {
  id: '25bbf831-5be9-4c25-b4b0-9b592c8a086b',
  email: 'john.andersen@example.com',
  displayName: 'John Andersen',
  sites: exampleSites,
  defaultSite: johnsSite,
  roomId: 'john',
  tokens: { john: userScopes, 'john-read': ['meeting:preferences_read'] },
};

export const demoOrganizations: readonly DemoOrganization[] = [
  {
    id: '1f8a1c52-6d3e-4d0b-9f57-2f6f0f3f8a01',
    name: 'Example',
    sites: exampleSites,
    users: [
      john,
      {
        id: '3b0f2f8e-93b5-4b39-8c77-0f8a1f6f7d02',
        email: 'marcus.hoffmann@example.com',
        displayName: 'Marcus Hoffmann',
        sites: exampleSites,
        defaultSite: 'example.webex.com',
        tokens: { marcus: userScopes },
      },
      {
        id: '5d6c0a44-1c8f-4b83-a6cf-94b7a3b1c903',
        email: 'brenda.song@example.com',
        displayName: 'Brenda Song',
        sites: exampleSites,
        defaultSite: 'example.webex.com',
        tokens: { brenda: userScopes },
      },
      {
        id: '7a1d9e30-52c4-4f0d-8f0e-6b5f1e2d3c04',
        email: 'admin@example.com',
        displayName: 'Alex Admin',
        sites: exampleSites,
        defaultSite: johnsSite,
        fullAdministrator: true,
        administers: exampleSites,
        tokens: { admin: meetingScopes, 'admin-read': readScopes, 'admin-all': allScopes },
      },
      {
        id: '9c4b7f21-0e5a-4c6d-b1a2-8d7e6f5a4b05',
        email: 'site-admin@example.com',
        displayName: 'Sam Siteadmin',
        sites: ['site1-example.webex.com', johnsSite],
        defaultSite: johnsSite,
        administers: [johnsSite],
        tokens: { 'site-admin': meetingScopes },
      },
    ],
  },
  {
    id: '2e7b2d63-7e4f-4e1c-8a68-3a7a1a4a9b11',
    name: 'Other',
    sites: ['other-example.webex.com'],
    users: [
      {
        id: 'b1e0c9d8-a7f6-4e5d-9c4b-3a2f1e0d9c12',
        email: 'admin@other.example',
        displayName: 'Otto Other',
        sites: ['other-example.webex.com'],
        defaultSite: 'other-example.webex.com',
        fullAdministrator: true,
        administers: ['other-example.webex.com'],
        tokens: { 'other-admin': meetingScopes },
      },
      {
        id: 'd2f1dae9-b8a7-4f6e-8d5c-4b3a2f1e0d13',
        email: 'olga@other.example',
        displayName: 'Olga Other',
        sites: ['other-example.webex.com'],
        defaultSite: 'other-example.webex.com',
        tokens: { 'other-olga': userScopes },
      },
    ],
  },
];

const siteSettings: Partial<SiteSettings> = {
  dialInIpAddress: roomFactsExample.dialInIpAddress,
  callInNumbers: roomFactsExample.telephony.callInNumbers,
};

/** Puts the demo organization into a database, all or nothing. */
export async function seedDemo(database: Database, now: string): Promise<void> {
  const unit = [
    factStatement(demoFact, now),
    ...demoOrganizations.flatMap((organization) => organizationStatements(organization, now)),
    ...johnsPreferences(now, database.secrets),
    directoryChanged,
  ];
  await database.write(unit);
}

function organizationStatements({ id, name, sites, users }: DemoOrganization, now: string): Statement[] {
  return [
    organizationStatement({ id, name }, now),
    ...sites.map((siteUrl) => siteStatement({ siteUrl, organizationId: id, settings: siteSettings }, now)),
    ...users.flatMap((user) => userStatements(user, id, now)),
  ];
}

function userStatements(user: DemoUser, organizationId: string, now: string): Statement[] {
  const [firstName = '', lastName = ''] = user.displayName.split(' ');
  const { id, email, displayName, fullAdministrator = false, administers = [], roomId } = user;
  const defaultSiteUrl = user.defaultSite;
  return [
    userStatement(
      { id, organizationId, email, displayName, firstName, lastName, fullAdministrator, defaultSiteUrl },
      now,
    ),
    ...user.sites.flatMap((siteUrl) => {
      const siteAdministrator = administers.includes(siteUrl);
      return membershipStatements(
        { userId: id, siteUrl, siteAdministrator, roomId },
        siteSettings,
        randomBytes,
      );
    }),
    ...Object.entries(user.tokens).map(([name, scopes]) => {
      const token = {
        id: crypto.randomUUID(),
        hash: hashOf(`anteroom-dev-${name}`),
        userId: id,
        name,
        scopes,
      };
      return tokenStatement({ ...token, expires: undefined }, now);
    }),
  ];
}

/** John starts as the examples show him; the section examples win over those of the details. */
function johnsPreferences(now: string, secrets: Secrets): Statement[] {
  const { accessCode, links } = roomFactsExample.telephony;
  const setRoom = membershipWithRoomStatement(
    { userId: john.id, siteUrl: johnsSite, siteAdministrator: false },
    {
      roomId: 'john',
      accessCode,
      meetingId: links[0]!.href.split('/')[3]!,
      initialPins: generateInitialPins(randomBytes),
    },
  );
  const documents = {
    personalMeetingRoom: personalMeetingRoomExample,
    audio: audioExample,
    video: videoExample,
    schedulingOptions: { ...schedulingOptionsExample, joinBeforeHostMinutes: 10 },
  };
  const put = Object.entries(documents).map(([section, document]) =>
    firstVersionStatement([john.id, johnsSite, section], document, now, secrets),
  );
  const delegates = delegationStatements(
    [john.id, johnsSite, 'schedulingOptions'],
    [],
    schedulingOptionsExample.delegateEmails,
  );
  return [setRoom, ...put, ...delegates];
}
