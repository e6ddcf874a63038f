import { administration } from './administration.ts';
import { app } from './app.ts';
import { faults } from './faults.ts';
import { preferences } from './preferences.ts';

export const english = { administration, app, faults, preferences } as const;
