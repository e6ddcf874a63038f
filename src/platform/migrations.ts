import { readMigrations } from './migrate.ts';

/** The schema's history, from `src/migrations`. */
export const migrations = readMigrations(new URL('../migrations/', import.meta.url));
