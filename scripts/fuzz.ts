/**
 * `npm run fuzz -- [REQUESTS] [SEED]`: that many generated requests, 100,000 unless told otherwise, to a server of its own
 * with the demo organization in memory. Ends with 1 when an answer was not as described, or memory grew; the same seed
 * makes the same requests.
 */
import type { AddressInfo } from 'node:net';
import { buildApp } from '../src/app.ts';
import { seedDemo } from '../src/development/demo.ts';
import { loadConfig } from '../src/platform/config.ts';
import { openDatabase } from '../src/platform/open.ts';
import { fuzz } from '../test/fuzz/run.ts';

/** Caches fill, and the database is in memory, with all versions: some 300 bytes for each change. */
const growthLimit = 100 * 1024 * 1024;

const [requests = 100_000, seed = Math.floor(Math.random() * 2 ** 32)] = process.argv.slice(2).map(Number);
const config = loadConfig({ memory: true, addressRate: '0', tokenRate: '0' }, {}, {});
const database = await openDatabase(config);
await seedDemo(database, new Date().toISOString());
const failures: string[] = [];
const log = {
  isJson: true,
  failure: (trackingId: string, error: unknown) =>
    void failures.push(`${trackingId}: ${(error as Error).stack ?? error}`),
  note: () => {},
  flush: () => {},
};
const app = buildApp({ ...config, database, log, acceptDevelopmentTokens: true });
await app.listen({ port: 0, host: '127.0.0.1' });
const { port } = app.server.address() as AddressInfo;

console.log(`seed ${seed}, ${requests} requests`);
const started = performance.now();
const url = `http://127.0.0.1:${port}`;
const report = await fuzz({ url, seed, requests, withinMs: Number.POSITIVE_INFINITY });
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(`${report.sent} requests in ${seconds} s, ${report.silent} without an answer`);
console.log(JSON.stringify(Object.fromEntries([...report.statuses].sort())));
console.log(`memory grew by ${(report.growth / 2 ** 20).toFixed(1)} MiB after the first fifth`);
for (const fault of [...report.faults, ...failures.slice(0, 10)]) console.error(`\n${fault}`);
process.exit(report.faults.length + failures.length > 0 || report.growth > growthLimit ? 1 : 0);
