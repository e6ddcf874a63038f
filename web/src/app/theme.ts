import {
  Badge,
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  NavLink,
  Paper,
  Radio,
  Switch,
} from '@mantine/core';

/** From pale to deep. White on the eighth has a contrast of 6 to 1, well over what WCAG asks for. */
const anteroom: MantineColorsTuple = [
  '#e6f6f3',
  '#cdebe6',
  '#9fd8cf',
  '#6fc4b7',
  '#4ab3a4',
  '#2f9f90',
  '#1e8f81',
  '#148074',
  '#12675f',
  '#0b4f49',
];

export const theme = createTheme({
  primaryColor: 'anteroom',
  primaryShade: 8,
  colors: { anteroom },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "Roboto Mono", monospace',
  headings: { fontWeight: '650' },
  components: {
    Badge: Badge.extend({ defaultProps: { tt: 'none', fw: 600 } }),
    NavLink: NavLink.extend({ defaultProps: { bdrs: 'md' } }),
    // Targets of 24 pixels (WCAG 2.2, 2.5.8).
    Radio: Radio.extend({ defaultProps: { size: 'md' } }),
    Switch: Switch.extend({ defaultProps: { size: 'md' } }),
    Paper: Paper.extend({ defaultProps: { radius: 'lg' } }),
  },
});

/** Texts that are readable on their backgrounds: the library's own colours have a contrast of 3 to 1. */
export const readableColours: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-dimmed': '#5a646b',
    '--mantine-color-placeholder': '#69727a',
  },
  dark: {
    '--mantine-color-error': '#ff8787',
    '--mantine-color-dimmed': '#a9b2b8',
    '--mantine-color-placeholder': '#929ba1',
  },
});
