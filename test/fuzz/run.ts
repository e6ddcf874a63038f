/** Sends generated requests to a server, and judges each answer by the served description. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Chance } from './chance.ts';
import { Connection, type FuzzAnswer } from './connection.ts';
import { type Described, operationsOf } from './operations.ts';
import { type FuzzRequest, requestOf } from './requests.ts';

export interface FuzzOptions {
  readonly url: string;
  readonly seed: number;
  readonly requests: number;
  /** After this many ms no more are sent. */
  readonly withinMs: number;
}

export interface FuzzReport {
  readonly sent: number;
  /** How often each status was answered. */
  readonly statuses: ReadonlyMap<number, number>;
  /** What was wrong, with the request: at most ten. */
  readonly faults: readonly string[];
  /** Connections that the server closed without a word: allowed for nothing but what is no HTTP. */
  readonly silent: number;
  /** Memory in use at the end, beyond that after a fifth of the requests, bytes. */
  readonly growth: number;
}

const connections = 8;
const faultsKept = 10;

export async function fuzz({ url, seed, requests, withinMs }: FuzzOptions): Promise<FuzzReport> {
  const operations = operationsOf(await (await fetch(`${url}/openapi.json`)).json());
  const chance = new Chance(seed);
  const statuses = new Map<number, number>();
  const faults: string[] = [];
  const deadline = performance.now() + withinMs;
  let sent = 0;
  let silent = 0;
  let heapAtStart = 0;
  const send = async (connection: Connection): Promise<void> => {
    while (sent < requests && performance.now() < deadline && faults.length < faultsKept) {
      const request = requestOf(chance, operations);
      sent += 1;
      if (sent === Math.floor(requests / 5)) heapAtStart = heapInUse();
      const answer = await connection.exchange(request.bytes, request.method === 'HEAD');
      if (answer === undefined) silent += 1;
      else statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      const fault = faultOf(request, answer, operations);
      if (fault !== undefined)
        faults.push(`${fault}\n${shown(request)}\n${answer?.body.toString().slice(0, 600)}`);
    }
    connection.close();
  };
  const { port } = new URL(url);
  await Promise.all(Array.from({ length: connections }, () => send(new Connection(Number(port)))));
  return { sent, statuses, faults, silent, growth: heapInUse() - heapAtStart };
}

function shown({ bytes }: FuzzRequest): string {
  return JSON.stringify(bytes.toString('latin1').slice(0, 2_000));
}

/** What HTTP itself may be refused with, whatever was asked for. */
const ofHttp = [400, 414, 431];

/** What is wrong with an answer; undefined for nothing. */
function faultOf(
  request: FuzzRequest,
  answer: FuzzAnswer | undefined,
  operations: readonly Described[],
): string | undefined {
  if (answer === undefined) return 'the connection was closed without an answer';
  const { status, headers, body } = answer;
  if (status >= 500) return `${status}`;
  const { operation } = request;
  const allowed = operation?.statuses ?? new Set(operations.flatMap(({ statuses }) => [...statuses, 405]));
  const isPreflight = status === 204 && request.method === 'OPTIONS';
  if (!allowed.has(status) && !ofHttp.includes(status) && !isPreflight)
    return `undocumented status ${status}`;
  if (headers.trackingid === undefined) return 'no tracking id';
  if (request.method === 'HEAD') return undefined;
  if (status === 204 || status === 304) return body.length === 0 ? undefined : 'a body where none may be';
  if (headers['content-type'] !== 'application/json;charset=UTF-8')
    return `content type ${headers['content-type']}`;
  return status < 300 ? faultOfSuccess(body) : faultOfRefusal(answer);
}

function faultOfSuccess(body: Buffer): string | undefined {
  const value = parsed(body);
  if (value === undefined) return 'no JSON';
  return Object.hasOwn(value, 'message') ? 'a message in a success' : undefined;
}

function faultOfRefusal({ status, headers, body }: FuzzAnswer): string | undefined {
  const refusal = parsed(body);
  if (refusal === undefined || Object.keys(refusal).join() !== 'message,errors,trackingId')
    return 'another shape';
  if (refusal.trackingId !== headers.trackingid) return 'another tracking id';
  const errors = refusal.errors as { description?: unknown }[];
  if (errors.length === 0 || errors.some(({ description }) => typeof description !== 'string'))
    return 'no errors';
  if (status === 401 && !headers['www-authenticate']?.startsWith('Bearer')) return '401 without a challenge';
  if (status === 405 && headers.allow === undefined) return '405 without Allow';
  const inside = /\bat \S+:\d+|node:|\.ts\b|select |insert into|SQLITE|undefined|\[object/;
  return inside.test(String(refusal.message)) ? 'it tells of the inside' : undefined;
}

function parsed(body: Buffer): Record<string, unknown> | undefined {
  try {
    return JSON.parse(body.toString()) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

let collect: (() => void) | undefined;

/** Bytes, after everything that can go is gone. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  collect ??= runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}
