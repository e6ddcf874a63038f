/** Takes the one style attribute out of the reference component that reaches the page as text, which its policy refuses. */
import type { Plugin } from 'vite';

const module = /@scalar\/code-highlight\/dist\/chunks\/code\.js$/;
const attribute = /node\.properties\.style = \[[^\]]*--line-digits[^\]]*\]/;

/** The digits of line numbers become a data attribute, which `theme.css` reads. */
export function scalarStyles(): Plugin {
  return {
    name: 'anteroom-scalar-styles',
    transform(code, id) {
      if (!module.test(id)) return undefined;
      if (!attribute.test(code)) this.error(`${id} is not what it was: look for its style attribute anew`);
      return {
        code: code.replace(attribute, 'node.properties.dataDigits = numLines.toString().length'),
        map: null,
      };
    },
  };
}
