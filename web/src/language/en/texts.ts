import { app } from './app.ts';
import { preferences } from './preferences.ts';

export const english = { app, preferences } as const;
