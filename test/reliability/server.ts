/** A server process to be killed: production's wiring on the database it is given; says on which port it listens. */
import type { AddressInfo } from 'node:net';
import { openAt } from '../helpers/open.ts';
import { buildTestApp } from '../helpers/server.ts';

const database = await openAt(process.argv[2]!);
const app = buildTestApp(database, {
  log: {
    isJson: true,
    failure: (trackingId, error) => process.send!({ trackingId, failure: String(error) }),
    note: () => {},
    flush: () => {},
  },
});
process.on('disconnect', () => process.exit());
await app.listen({ port: 0, host: '127.0.0.1' });
process.send!({ port: (app.server.address() as AddressInfo).port });
