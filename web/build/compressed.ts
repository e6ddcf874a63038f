/** Compresses what was built, once and as well as it goes, so that the server never has to. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const compressible = /\.(css|js|json|svg)$/;

/** Writes NAME.gz and NAME.br beside every asset that gets smaller by them. */
export function compressed(): Plugin {
  let folder = '';
  return {
    name: 'anteroom-compressed',
    apply: 'build',
    configResolved(config) {
      folder = join(config.build.outDir, config.build.assetsDir);
    },
    async closeBundle() {
      const names = (await readdir(folder)).filter((name) => compressible.test(name));
      await Promise.all(names.map((name) => compress(join(folder, name))));
    },
  };
}

async function compress(path: string): Promise<void> {
  const content = await readFile(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  const [small, smaller] = await Promise.all([
    promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION }),
    promisify(brotliCompress)(content, { params }),
  ]);
  if (small.length < content.length) await writeFile(`${path}.gz`, small);
  if (smaller.length < content.length) await writeFile(`${path}.br`, smaller);
}
