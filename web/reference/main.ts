/** The API reference, a page of its own: what it is made with is far larger than the application. */
import './admitted-styles.ts';

// Only now: the styles of the modules behind it are written while they are loaded.
await import('./reference.ts');
