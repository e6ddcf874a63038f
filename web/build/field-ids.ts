/**
 * The component library names each field once more after it was rendered, for the sake of old versions of React, and renders
 * it again for that. React's own names are there at once.
 */
import type { Plugin } from 'vite';

const module = /@mantine\/hooks\/esm\/use-id\/use-id\.mjs$/;

export function fieldIds(): Plugin {
  return {
    name: 'anteroom-field-ids',
    transform(code, id) {
      if (!module.test(id)) return undefined;
      if (!code.includes('setUuid(randomId())'))
        this.error(`${id} is not what it was: it may do well without us`);
      return {
        code: "import { useId as useOwnId } from 'react';\nexport function useId(given) {\n  const own = useOwnId();\n  return typeof given === 'string' ? given : own;\n}\n",
        map: null,
      };
    },
  };
}
