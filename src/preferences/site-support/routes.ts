import type { Site } from '../../directory/member.ts';
import type { Operation } from '../../identity/operation.ts';
import { readScopes } from '../../identity/scopes.ts';
import { targetParameters } from '../../request/target.ts';
import type { PreferencesParts } from '../parts.ts';
import { subjectOf } from '../section.ts';
import { SiteSupport } from './schema.ts';

const getSiteSupport: Operation = {
  id: 'getSiteSupport',
  method: 'GET',
  path: '/v1/meetingPreferences/siteSupport',
  summary: 'Get Site Support',
  description:
    'What the site of these preferences supports and asks for, so that a form can offer just that: the rest is refused.',
  scopes: readScopes,
  query: targetParameters,
  answer: {
    schema: SiteSupport,
    example: {
      siteUrl: 'site4-example.webex.com',
      hostPinLength: 4,
      audioTypes: ['webexAudio', 'voipOnly', 'otherTeleconferenceService', 'none'],
      globalCallIn: true,
      tollFreeCallIn: true,
      joinBeforeHost: true,
    },
  },
  rules: [],
};

export function mountSiteSupport(parts: PreferencesParts): void {
  parts.operations.mount(getSiteSupport, async (call) => {
    const { membership } = await subjectOf(parts, call);
    return JSON.stringify(supportOf(membership.site));
  });
}

function supportOf({ siteUrl, settings }: Site): SiteSupport {
  const { hostPinLength, audioTypes, globalCallIn, tollFreeCallIn, joinBeforeHost } = settings;
  return { siteUrl, hostPinLength, audioTypes, globalCallIn, tollFreeCallIn, joinBeforeHost };
}
