/** A Chromium of our own, from an npm package: nothing has to be installed. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export interface Chromium {
  readonly executablePath: string;
  /** What it needs around it: its libraries and fonts. */
  readonly env: Record<string, string>;
}

const packageFile = createRequire(import.meta.url).resolve('@sparticuz/chromium');
const cacheFolder = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));
const pollMs = 100;
/** Far longer than unpacking takes; who holds the lock longer than that was killed. */
const lockLastsMs = 60_000;

/** Where the browser is; unpacked once for all test files, whichever of them comes first. */
export async function unpackedChromium(): Promise<Chromium> {
  const folder = join(cacheFolder, `chromium-${await versionOfPackage()}`);
  mkdirSync(cacheFolder, { recursive: true });
  while (!existsSync(folder)) {
    if (takeLock(`${folder}.lock`)) {
      try {
        if (!existsSync(folder)) await unpackInto(folder);
      } finally {
        rmSync(`${folder}.lock`, { recursive: true, force: true });
      }
    } else {
      await sleep(pollMs);
    }
  }
  const libraries = [process.env.LD_LIBRARY_PATH, join(folder, 'al2023', 'lib')].filter(Boolean).join(':');
  return {
    executablePath: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  };
}

async function versionOfPackage(): Promise<string> {
  const manifest = join(dirname(dirname(packageFile)), 'package.json');
  return (await import(manifest, { with: { type: 'json' } })).default.version;
}

/** Whether it is ours now. A folder, because making one succeeds for exactly one process. */
function takeLock(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  if (since !== undefined && Date.now() - since > lockLastsMs) rmSync(lock, { recursive: true, force: true });
  return false;
}

/** The package unpacks into the folder for temporary files, so a process of its own has another one. */
async function unpackInto(folder: string): Promise<void> {
  const unfinished = mkdtempSync(`${folder}-`);
  const program = `import chromium from ${JSON.stringify(packageFile)}; await chromium.executablePath();`;
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    // The package brings its libraries only where it believes to be at home.
    env: { ...process.env, TMPDIR: unfinished, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
  });
  writeFileSync(join(unfinished, 'fonts.conf'), fontsIn(folder));
  renameSync(unfinished, folder);
}

/** The same letters on every machine; the machine's own fonts fill in for what these do not have. */
function fontsIn(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/font-cache</cachedir>
  <alias binding="strong"><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
  <alias binding="strong"><family>ui-monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
<alias binding="strong"><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
  <alias binding="strong"><family>system-ui</family><prefer><family>Open Sans</family></prefer></alias>
</fontconfig>
`;
}
