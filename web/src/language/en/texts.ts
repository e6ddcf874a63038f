import { app } from './app.ts';
import { faults } from './faults.ts';
import { preferences } from './preferences.ts';

export const english = { app, faults, preferences } as const;
