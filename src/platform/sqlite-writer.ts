/** The worker thread that owns the writing connection, so that no disk can hold up a reader (docs/decisions/0002). */
import assert from 'node:assert/strict';
import { parentPort, workerData } from 'node:worker_threads';
import { decodeBatch } from './sqlite-batch.ts';
import { Committer, type Outcome } from './sqlite-commit.ts';
import { openConnection } from './sqlite-connection.ts';

export interface WriterOptions {
  readonly path: string;
  readonly writer: string;
}

assert(parentPort !== null, 'this module is a worker');
const port = parentPort;
const { path, writer } = workerData as WriterOptions;
let connection = openConnection(path);
let committer = new Committer(connection, writer);

port.on('message', (batch: string) => {
  const outcomes: Outcome[] = committer.commit(decodeBatch(batch));
  if (outcomes.includes('unavailable')) reopen();
  port.postMessage(outcomes);
});

/** After a failed commit the state of the file is whatever recovery says, never what this connection believes. */
function reopen(): void {
  connection.close();
  connection = openConnection(path);
  committer = new Committer(connection, writer);
}

port.on('close', () => connection.close());
