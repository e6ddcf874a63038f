/** Loaded before everything else, and small: what has to be known as early as possible. */
import { askFirst } from './api/first-answers.ts';

askFirst(location);

// The colours that were chosen in this browser, before anything is painted in others (the component library's own key).
const chosen = localStorage.getItem('mantine-color-scheme-value');
const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
document.documentElement.dataset.mantineColorScheme =
  chosen === 'light' || chosen === 'dark' ? chosen : isDark ? 'dark' : 'light';
