/** A server that cannot use its database, and what it says. */
import assert from 'node:assert/strict';
import { run, temporaryFolder } from '../helpers/process.ts';

/** Starts a server on this database, which has to fail with exit code 1 and this sentence alone. */
export async function assertSentence(url: string, sentence: RegExp): Promise<void> {
  const { code, out, err } = await run(['serve', '--database-url', url], temporaryFolder());
  assert.equal(code, 1, err);
  assert.match(err, sentence);
  assert.equal(err.trimEnd().split('\n').length, 1, err);
  assert.doesNotMatch(out + err, /only-for-tests|wrong-password/);
}
