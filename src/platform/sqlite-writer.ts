/** The worker thread that owns the writing connection, so that no disk can hold up a reader (docs/decisions/0002). */
import assert from 'node:assert/strict';
import { parentPort, workerData } from 'node:worker_threads';
import { decodeBatch } from './sqlite-batch.ts';
import { Committer, type Failure, type Outcome } from './sqlite-commit.ts';
import { openConnection } from './sqlite-connection.ts';

/** Of the units of a batch, in order; one word for what is nearly always so, because a list costs as much as a unit. */
export type Outcomes = readonly Outcome[] | 'all committed' | Failure;

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
  const outcomes = committer.commit(decodeBatch(batch));
  const isFailure = 'reason' in outcomes;
  if (isFailure) reopen();
  const isAll = !isFailure && outcomes.every((outcome) => outcome === 'committed');
  const message: Outcomes = isAll ? 'all committed' : outcomes;
  port.postMessage(message);
});

/** After a failed commit the state of the file is whatever recovery says, never what this connection believes. */
function reopen(): void {
  connection.close();
  connection = openConnection(path);
  committer = new Committer(connection, writer);
}

port.on('close', () => connection.close());
