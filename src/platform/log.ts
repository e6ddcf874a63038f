/** What the server tells its operator: never an address, a PIN or a token. */
import { isatty } from 'node:tty';
import { type Logger, pino } from 'pino';
import { RequestLines, type RequestRecord } from './request-lines.ts';

export interface LogOptions {
  readonly level: string;
  readonly format: 'auto' | 'json' | 'pretty';
  /** Whether other processes write to the same standard output. */
  readonly sharesOutput?: boolean;
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
/** How much is written at once when nobody else writes there. */
const blockBytes = 16 * 1024;
/** What POSIX promises to write into a pipe in one piece (PIPE_BUF on Linux): lines of processes never mix. */
const pieceBytes = 4096;

/** A pino logger on standard output: JSON lines for machines, readable ones on a terminal. */
export async function createLog({ level, format, sharesOutput }: LogOptions): Promise<Log> {
  const pretty = format === 'pretty' || (format === 'auto' && isatty(standardOutput));
  if (pretty) {
    const { default: prettify } = await import('pino-pretty');
    const logger = pino({ level, base: null }, prettify({ ignore: 'time', singleLine: true, sync: true }));
    const request = ({ durationUs, ...record }: RequestRecord): void =>
      logger.info({ ...record, durationMs: durationUs / 1000 });
    return logTo(logger, { isJson: false, request, flush: () => {} });
  }
  const pieceLimit = sharesOutput === true ? pieceBytes : blockBytes;
  const destination = pino.destination({ dest: standardOutput, sync: true, maxWrite: pieceLimit });
  const lines = new RequestLines((text) => destination.write(text), pieceLimit);
  const write = (line: string): void => {
    lines.flush();
    destination.write(line);
  };
  return logTo(pino({ level, base: null }, { write }), {
    isJson: true,
    request: (record) => lines.add(record),
    flush: () => lines.flush(),
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

/** An error without what it may carry from a request: its name, its words and where in this program it arose. */
export function describeFailure(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { error: String(error) };
  const cause = error.cause instanceof Error ? { cause: `${error.cause.name}: ${error.cause.message}` } : {};
  const places = [...(error.stack ?? '').matchAll(/\/(src\/[\w./-]+:\d+)/g)].map(([, place]) => place);
  return { error: `${error.name}: ${error.message}`, at: places.slice(0, 5).join(' < '), ...cause };
}
