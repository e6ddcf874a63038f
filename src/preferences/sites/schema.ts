import { type Static, Type } from 'typebox';
import { text } from '../../request/fields.ts';

export const Site = Type.Object(
  {
    siteUrl: Type.String({ description: 'The site, as a bare host name.' }),
    default: Type.Boolean({ description: "Whether it is the user's default site." }),
  },
  { title: 'Site' },
);

export const Sites = Type.Object(
  {
    sites: Type.Array(Site, { description: "The user's sites; exactly one is the default." }),
  },
  { title: 'Sites' },
);
export type Sites = Static<typeof Sites>;

export const DefaultSite = Type.Object(
  {
    siteUrl: text('sites.site-url', "The site to make the default; one of the user's."),
  },
  { title: 'DefaultSite' },
);
