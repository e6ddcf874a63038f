/** Anteroom as in production, on a given database and with a given log level. */
import type { AddressInfo } from 'node:net';
import { buildApp } from '../src/app.ts';
import { loadConfig } from '../src/platform/config.ts';
import { createLog } from '../src/platform/log.ts';
import { openDatabase } from '../src/platform/open.ts';
import { reportUsage } from './peers.ts';

const [databaseUrl, logLevel] = process.argv.slice(2);
const config = loadConfig({ databaseUrl, logLevel }, {}, {});
const app = buildApp({
  ...config,
  // A load generator is nobody to protect others from.
  addressRate: 0,
  tokenRate: 0,
  database: await openDatabase(config),
  log: await createLog({ level: config.logLevel, format: 'json' }),
  acceptDevelopmentTokens: false,
});
await app.listen({ port: 0, host: '127.0.0.1' });
reportUsage((app.server.address() as AddressInfo).port);
