/** What the server tells its operator: never an address, a PIN or a token. */
import { isatty } from 'node:tty';
import { type Logger, levels, pino } from 'pino';

export interface LogOptions {
  readonly level: string;
  readonly format: 'auto' | 'json' | 'pretty';
  /** Whether other processes write to the same standard output. */
  readonly sharesOutput?: boolean;
}

export interface RequestRecord {
  readonly trackingId: string;
  readonly operation: string;
  readonly status: number;
  /** Milliseconds from the headers until the answer was ready to be sent. */
  readonly durationMs: number;
  readonly organization: string | undefined;
}

export interface Log {
  /** Whether standard output carries JSON lines, which nothing else may come between. */
  readonly isJson: boolean;
  /** One request that was answered. Undefined where nobody wants to know: then it costs nothing. */
  readonly request?: (record: RequestRecord) => void;
  /** Something that is not the client's fault. */
  failure(trackingId: string, error: unknown): void;
  note(message: string, facts?: Readonly<Record<string, string | number>>): void;
  /** Hands over what is still held back. */
  flush(): void;
}

const standardOutput = 1;
/** Lines wait for each other up to this size and time: one system call for many requests. */
const bufferBytes = 16 * 1024 - 1;
const flushIntervalMs = 200;
/** What POSIX promises to write into a pipe in one piece (PIPE_BUF on Linux): lines of processes never mix. */
const pieceBytes = 4096;

/** A pino logger on standard output: JSON lines for machines, readable ones on a terminal. */
export async function createLog({ level, format, sharesOutput }: LogOptions): Promise<Log> {
  const pretty = format === 'pretty' || (format === 'auto' && isatty(standardOutput));
  if (pretty) {
    const { default: prettify } = await import('pino-pretty');
    const logger = pino({ level, base: null }, prettify({ ignore: 'time', singleLine: true, sync: true }));
    return logTo(logger, { isJson: false, request: (record) => logger.info(record), flush: () => {} });
  }
  const destination = pino.destination({
    dest: standardOutput,
    sync: true,
    minLength: bufferBytes,
    periodicFlush: flushIntervalMs,
    ...(sharesOutput === true ? { minLength: pieceBytes - 1, maxWrite: pieceBytes } : {}),
  });
  const logger = pino({ level, base: null }, destination);
  return logTo(logger, {
    isJson: true,
    request: (record) => destination.write(lineOf(record)),
    flush: () => destination.flushSync(),
  });
}

function logTo(
  logger: Logger,
  { isJson, request, flush }: Pick<Required<Log>, 'isJson' | 'request' | 'flush'>,
): Log {
  return {
    isJson,
    ...(logger.isLevelEnabled('info') ? { request } : {}),
    failure: (trackingId, error) => logger.error({ trackingId, ...describeFailure(error) }, 'failed'),
    note: (message, facts = {}) => logger.info(facts, message),
    flush,
  };
}

/** What pino would write for the record, at a third of the price: it is paid for every request. */
function lineOf({ trackingId, operation, status, durationMs, organization }: RequestRecord): string {
  const whose = organization === undefined ? '' : `,"organization":"${organization}"`;
  return `{"level":${levels.values.info},"time":${Date.now()},"trackingId":${JSON.stringify(trackingId)},"operation":"${operation}","status":${status},"durationMs":${durationMs}${whose}}\n`;
}

/** An error without what it may carry from a request: its name, its words and where in this program it arose. */
export function describeFailure(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { error: String(error) };
  const cause = error.cause instanceof Error ? { cause: `${error.cause.name}: ${error.cause.message}` } : {};
  const places = [...(error.stack ?? '').matchAll(/\/(src\/[\w./-]+:\d+)/g)].map(([, place]) => place);
  return { error: `${error.name}: ${error.message}`, at: places.slice(0, 5).join(' < '), ...cause };
}
