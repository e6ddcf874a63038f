/** How often the disk is waited for: counted by strace in a round of its own, which is slower for it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { measure } from './comparison.ts';
import type { Load } from './load.ts';
import { hasProgram, type Peer } from './peers.ts';

export interface Fsyncs {
  readonly perPut: number;
  readonly puts: number;
}

/** Undefined where strace is missing or may not attach. */
export async function countFsyncs(load: Load, server: Peer, generator: Peer): Promise<Fsyncs | undefined> {
  if (!hasProgram('strace')) return undefined;
  const options = ['-f', '-c', '-e', 'trace=fsync,fdatasync', '-p', String(server.pid)];
  const tracer = spawn('strace', options, { stdio: ['ignore', 'ignore', 'pipe'] });
  let output = '';
  const attached = new Promise<boolean>((resolve) => {
    tracer.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.includes('attached')) resolve(true);
    });
    tracer.on('exit', () => resolve(false));
  });
  if (!(await attached)) return undefined;
  const gone = once(tracer, 'exit');
  // Without a warm-up the measured requests are all there are, but for those in flight at the end.
  const { requests } = await measure({ ...load, warmUpMs: 0 }, server, generator);
  tracer.kill('SIGINT');
  await gone;
  const calls = [...output.matchAll(/^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+).*\bf(?:data)?sync$/gm)];
  const fsyncs = calls.reduce((sum, [, count]) => sum + Number(count), 0);
  return { perPut: fsyncs / requests, puts: requests };
}
