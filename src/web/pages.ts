/** The web application as it was built: its pages, and the files they load. */
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

export interface Asset {
  readonly mediaType: string;
  readonly content: Buffer;
  /** The same, compressed when the application was built; undefined for what does not get smaller. */
  readonly gzip: Buffer | undefined;
  readonly brotli: Buffer | undefined;
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css;charset=UTF-8',
  '.js': 'text/javascript;charset=UTF-8',
  '.json': 'application/json;charset=UTF-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Reads a folder that `npm run build:web` wrote; every file once, and nothing before somebody asks. */
export class BuiltPages {
  readonly #folder: string;
  readonly #pages = new Map<string, Promise<string | undefined>>();
  readonly #assets = new Map<string, Promise<Asset>>();
  #names: Promise<ReadonlySet<string>> | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The HTML of a page such as `index.html`; undefined when nothing was built. */
  page(name: string): Promise<string | undefined> {
    return kept(this.#pages, name, () => readFile(join(this.#folder, name), 'utf8').catch(() => undefined));
  }

  /** A file of the folder `assets`; undefined unless it was built under just this name. */
  async asset(name: string): Promise<Asset | undefined> {
    this.#names ??= readdir(join(this.#folder, 'assets')).then(
      (names) => new Set(names),
      () => new Set(),
    );
    const mediaType = mediaTypes[extname(name)];
    if (mediaType === undefined || !(await this.#names).has(name)) return undefined;
    return kept(this.#assets, name, () => this.#read(name, mediaType));
  }

  async #read(name: string, mediaType: string): Promise<Asset> {
    const path = join(this.#folder, 'assets', name);
    const compressed = (extension: string): Promise<Buffer | undefined> =>
      readFile(path + extension).catch(() => undefined);
    const [content, gzip, brotli] = await Promise.all([readFile(path), compressed('.gz'), compressed('.br')]);
    return { mediaType, content, gzip, brotli };
  }
}

function kept<T>(map: Map<string, Promise<T>>, key: string, read: () => Promise<T>): Promise<T> {
  const known = map.get(key) ?? read();
  map.set(key, known);
  return known;
}
