import { crc32 } from 'node:zlib';
import { Type } from 'typebox';
import type { Member } from '../../directory/member.ts';
import { conflict } from '../../errors.ts';
import { requireMatch } from '../../identity/conditions.ts';
import type { Cause, Operation } from '../../identity/operation.ts';
import { readScopes, writeScopes } from '../../identity/scopes.ts';
import { Conflict } from '../../platform/database.ts';
import { readTarget, targetParameters, userEmailParameter, valueIn } from '../../request/target.ts';
import type { Answered } from '../answered.ts';
import { changesOf, noteRead } from '../auditing.ts';
import { sitesExample } from '../examples.ts';
import type { PreferencesParts } from '../parts.ts';
import { subjectOf } from '../section.ts';
import { resolveSubject } from '../subject.ts';
import { sitesOf, updateDefaultSite } from './rules.ts';
import { DefaultSite, Site, Sites } from './schema.ts';

const getSiteList: Operation = {
  id: 'getSiteList',
  method: 'GET',
  path: '/v1/meetingPreferences/sites',
  summary: 'Get Site List',
  description:
    'All sites of a user, with the default one marked. siteUrl only says where an administrator looks them up.',
  scopes: readScopes,
  query: targetParameters,
  answer: { schema: Sites, example: { sites: sitesExample } },
  rules: [],
  hasEtag: true,
};

const updateDefault: Operation = {
  id: 'updateDefaultSite',
  method: 'PUT',
  path: '/v1/meetingPreferences/sites',
  summary: 'Update Default Site',
  description: "Makes one of the user's sites the default one.",
  scopes: writeScopes,
  query: {
    ...userEmailParameter,
    defaultSite: Type.Boolean({ enum: [true], description: 'Has to be true, in any case.', example: true }),
  },
  body: { schema: DefaultSite, example: { siteUrl: 'site4-example.webex.com' } },
  answer: { schema: Site, example: { siteUrl: 'site4-example.webex.com', default: true } },
  rules: ['sites.default-site', 'sites.own-site'],
  hasEtag: true,
};

/** Each try fails only when another change of the default site came first. */
const attempts = 8;

export function mountSites(parts: PreferencesParts): void {
  const { operations, directory, compatibility } = parts;
  operations.mount(getSiteList, async (call) => {
    const subject = await subjectOf(parts, call);
    noteRead(parts.audit, call, subject.user, subject.membership.site.siteUrl, 'the sites');
    return siteListOf(subject.user);
  });

  operations.mount(updateDefault, async (call) => {
    const { caller, scopes, query, body } = call;
    const target = readTarget(userEmailParameter, query, body, compatibility);
    const inBody = compatibility === 'lenient' ? valueIn(body, 'defaultSite') : undefined;
    const find = async () => (await resolveSubject(directory, caller, scopes, target)).user;
    let before: Member | undefined;
    const siteUrl = await changeDefaultSite(parts, call, find, (user) => {
      before = user;
      return updateDefaultSite(user, body, query.defaultSite ?? inBody, compatibility);
    });
    const { etag } = siteListOf({ ...before!, defaultSiteUrl: siteUrl });
    return { text: JSON.stringify({ siteUrl, default: true }), etag };
  });
}

/**
 * Gives the user that `find` finds the default site that `choose` chooses, and records it. Both are called again when
 * another change came first; what they throw refuses the request.
 */
export async function changeDefaultSite(
  { directory, records, audit }: Pick<PreferencesParts, 'directory' | 'records' | 'audit'>,
  { author, ifMatch }: Cause,
  find: () => Promise<Member>,
  choose: (user: Member) => string,
): Promise<string> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const user = await find();
    if (ifMatch !== undefined) requireMatch(ifMatch, siteListOf(user).etag);
    const value = choose(user);
    const recorded = await records.defaultSite(user.id);
    const events = changesOf(author, user, value, 'the default site');
    const recording = { section: 'sites', userId: user.id, siteUrl: value, recorded, value } as const;
    try {
      await audit.recording(events, (rows) =>
        directory.setDefaultSite(user, value, [...records.statements(recording, author), ...rows]),
      );
      return value;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      directory.forget(user);
    }
  }
  throw conflict();
}

/** What was answered of a member, who never changes: a change makes another one. */
const lists = new WeakMap<Member, Answered>();

/** The list as it is answered. */
export function siteListOf(user: Member): Answered {
  const known = lists.get(user);
  if (known !== undefined) return known;
  const text = JSON.stringify({ sites: sitesOf(user) });
  const list = { text, etag: `"${crc32(text)}"` };
  lists.set(user, list);
  return list;
}
