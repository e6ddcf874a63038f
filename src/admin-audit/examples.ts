/** What the documentation shows. */
import { auditCategories } from '../audit/events.ts';
import { organizationIdOf, personIdOf } from '../directory/person-id.ts';

const orgId = organizationIdOf('1f8a1c52-6d3e-4d0b-9f57-2f6f0f3f8a01');

export const auditCategoriesExample = { eventCategories: auditCategories };

export const auditEventsExample = {
  items: [
    {
      id: 'OTQ4YzYyZjctOWQ4Yy00ZjI2LThiM2UtN2MwZTRkMTI5ZjRi',
      created: '2026-01-31T12:00:00.000Z',
      actorId: personIdOf('7a1d9e30-52c4-4f0d-8f0e-6b5f1e2d3c04'),
      actorOrgId: orgId,
      data: {
        eventCategory: 'MEETING_PREFERENCES',
        eventDescription: "An administrator read somebody else's preferences",
        actionText: 'Alex Admin read the audio options of John Andersen on site4-example.webex.com.',
        actorOrgName: 'Example',
        actorName: 'Alex Admin',
        actorEmail: 'admin@example.com',
        adminRoles: ['Full_Admin'],
        actorTokenId: 'f2b7c9d0-4a51-4e6b-9d38-0c1e5a7b2f64',
        targetType: 'PERSON',
        targetId: personIdOf('25bbf831-5be9-4c25-b4b0-9b592c8a086b'),
        targetName: 'John Andersen',
        targetOrgId: orgId,
        targetOrgName: 'Example',
        siteUrl: 'site4-example.webex.com',
        trackingId: 'ROUTERGW_3f0c1d1e-7c55-4d1f-9a51-000000000001',
      },
    },
  ],
};
