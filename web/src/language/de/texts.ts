import type { Texts } from '../language.ts';
import { app } from './app.ts';
import { preferences } from './preferences.ts';

export const german: Texts = { app, preferences };
