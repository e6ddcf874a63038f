/** Sends merge patches of a section of one's own. */
import { mergePatchMediaType } from '../../src/platform/http.ts';
import { pathOf } from './bodies.ts';
import type { Answer, Client } from './client.ts';

export type Patch = (body: unknown, headers?: Readonly<Record<string, string>>) => Promise<Answer>;

/** Patches a section on one site, by the media type of a merge patch unless the headers say another. */
export function patchOf(request: Client, name: string, as: string, siteUrl: string): Patch {
  const path = pathOf(name, { siteUrl });
  return (body, headers = {}) =>
    request({
      method: 'PATCH',
      path,
      as,
      body,
      headers: { 'content-type': mergePatchMediaType, ...headers },
    });
}
