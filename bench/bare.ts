/** The measure of things: `node:http` and nothing else, answering the bytes it was started with. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { reportUsage } from './peers.ts';

const answer = process.argv[2]!;
const headers = {
  'content-type': 'application/json;charset=UTF-8',
  'content-length': Buffer.byteLength(answer),
};

const server = createServer((request, response) => {
  if (request.method === 'PUT') readThenSend(request, response);
  else send(response);
});

function send(response: ServerResponse): void {
  response.writeHead(200, headers);
  response.end(answer);
}

function readThenSend(request: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    JSON.parse(Buffer.concat(chunks).toString());
    send(response);
  });
}

server.listen(0, '127.0.0.1', () => reportUsage((server.address() as AddressInfo).port));
