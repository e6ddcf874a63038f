import { personIdOf } from '../../directory/person-id.ts';
import type { SiteUser, SiteUsers as SiteUsersStore } from '../../directory/site-users-store.ts';
import { administeredSite } from '../../identity/administration.ts';
import type { Operation } from '../../identity/operation.ts';
import { adminReadScopes } from '../../identity/scopes.ts';
import { readTarget } from '../../request/target.ts';
import type { PreferencesParts } from '../parts.ts';
import { readSiteUsersQuery } from './rules.ts';
import { SiteUsers, siteUsersParameters } from './schema.ts';

const listSiteUsers: Operation = {
  id: 'listSiteUsers',
  method: 'GET',
  path: '/v1/admin/meetingPreferences/users',
  summary: 'List Users of a Site',
  description:
    'The people on a site that you administer, page by page in the order of their addresses, or those whose address or name has something in it.',
  scopes: adminReadScopes,
  query: siteUsersParameters,
  answer: {
    schema: SiteUsers,
    example: {
      siteUrl: 'site4-example.webex.com',
      total: 5,
      items: [
        {
          personId: personIdOf('25bbf831-5be9-4c25-b4b0-9b592c8a086b'),
          email: 'john.andersen@example.com',
          displayName: 'John Andersen',
          personalMeetingRoomId: 'john',
          siteAdministrator: false,
        },
      ],
    },
  },
  rules: ['site-users.max', 'query.single', 'query.text'],
};

export interface SiteUsersParts extends PreferencesParts {
  readonly siteUsers: SiteUsersStore;
}

export function mountSiteUsers({ operations, directory, siteUsers, compatibility }: SiteUsersParts): void {
  operations.mount(listSiteUsers, async ({ caller, query, body }) => {
    const target = readTarget({ siteUrl: siteUsersParameters.siteUrl! }, query, body, compatibility);
    const site = await administeredSite(directory, caller, target.siteUrl);
    const { search, after, max } = readSiteUsersQuery(query);
    const asked = { search, after, limit: max + 1 };
    const [total, found] = await Promise.all([
      siteUsers.count(site.siteUrl),
      siteUsers.page(caller.organizationId, site.siteUrl, asked),
    ]);
    const items = found.slice(0, max);
    return JSON.stringify({
      siteUrl: site.siteUrl,
      total,
      items: items.map(itemOf),
      ...(found.length > max ? { next: items.at(-1)!.email } : {}),
    });
  });
}

function itemOf({ userId, email, displayName, roomId, siteAdministrator }: SiteUser): object {
  return {
    personId: personIdOf(userId),
    email,
    displayName,
    personalMeetingRoomId: roomId,
    siteAdministrator,
  };
}
