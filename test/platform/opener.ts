/** A thread that opens a database and says how that went. */
import { parentPort, workerData } from 'node:worker_threads';
import { migrations } from '../../src/platform/migrations.ts';
import { SqliteDatabase } from '../../src/platform/sqlite.ts';

const database = new SqliteDatabase({ path: workerData, migrations, inPlace: true });
await database.close();
parentPort!.postMessage('opened');
