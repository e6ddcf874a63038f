/** The examples of the reference are run: each sends just the request that it is an example of. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { type DescribedOperation, type Description, forReaders } from '../../web/reference/description.ts';
import type { Sample } from '../../web/reference/samples.ts';
import { temporaryFolder } from '../helpers/process.ts';
import { startServer } from '../helpers/server.ts';

interface Received {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly mediaType: string | undefined;
  readonly body: unknown;
}

const received: Received[] = [];
/** Takes down what it is asked, and answers so that every example is content. */
const recorder = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const { authorization, 'content-type': mediaType } = request.headers;
  const body = text === '' ? undefined : JSON.parse(text);
  received.push({ method: request.method!, path: request.url!, authorization, mediaType, body });
  response.end('{}');
});
recorder.listen(0, '127.0.0.1');
await once(recorder, 'listening');
after(() => {
  recorder.closeAllConnections();
  recorder.close();
});

const { url } = await startServer();
const served = (await (await fetch(`${url}/openapi.json`)).json()) as Description;
const described = forReaders(served, `http://127.0.0.1:${(recorder.address() as AddressInfo).port}`, '');
const operations = Object.entries(described.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);

function samplesIn(language: string): string[] {
  return operations.map(
    ({ operation }) =>
      (operation as unknown as { 'x-codeSamples': Sample[] })['x-codeSamples'].find(
        ({ label }) => label === language,
      )!.source,
  );
}

/** Writes a program that runs the examples one after the other. */
async function runAll(program: string, file: string, text: string): Promise<void> {
  received.length = 0;
  const path = join(temporaryFolder(), file);
  writeFileSync(path, text);
  await promisify(execFile)(program, [path], { env: { ...process.env, ANTEROOM_TOKEN: 'secret' } });
}

function assertReceived(): void {
  assert.equal(received.length, operations.length);
  for (const [index, { path, method, operation }] of operations.entries()) {
    const request = received[index]!;
    assert.equal(request.method, method);
    assert.equal(request.authorization, 'Bearer secret');
    const pattern = path.replace(/\{\w+\}/g, '[^/?]+');
    assert.match(request.path, new RegExp(`^${pattern}(\\?|$)`), path);
    const query = [...new URL(request.path, url).searchParams.keys()].sort();
    assert.deepEqual(query, requiredQuery(operation), path);
    const [mediaType, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
    assert.deepEqual(request.body, content?.example, path);
    if (mediaType !== undefined) assert.equal(request.mediaType, mediaType, path);
  }
}

function requiredQuery({ parameters = [] }: DescribedOperation): string[] {
  const required = parameters.filter((parameter) => parameter.in === 'query' && parameter.required);
  return required.map(({ name }) => name).sort();
}

test('the examples in curl', async () => {
  await runAll('sh', 'samples.sh', ['set -e', ...samplesIn('curl')].join('\n'));
  assertReceived();
});

test('the examples in TypeScript', async () => {
  const blocks = samplesIn('TypeScript').map((source) => `{\n${source}\n}`);
  await runAll(process.execPath, 'samples.mts', blocks.join('\n'));
  assertReceived();
});

test('the examples in Python', async () => {
  await runAll('python3', 'samples.py', samplesIn('Python').join('\n'));
  assertReceived();
});
