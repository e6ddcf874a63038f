import { administration } from './administration.ts';
import { app } from './app.ts';
import { behalf } from './behalf.ts';
import { faults } from './faults.ts';
import { preferences } from './preferences.ts';

export const english = { administration, app, behalf, faults, preferences } as const;
