/** Leaves the component library's colours out of its style sheet that no component here is given. */

const unused = /^--mantine-color-(pink|grape|violet|indigo|cyan|teal|lime|green)-/;

interface Declaration {
  readonly prop: string;
  remove(): unknown;
}

/** For PostCSS, which Vite reads style sheets with. */
export const palette = {
  postcssPlugin: 'anteroom-palette',
  Declaration(declaration: Declaration): void {
    if (unused.test(declaration.prop)) declaration.remove();
  },
};
