/** Processor time of other programs, as Linux tells it. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

let ticksPerSecond: number | undefined;

/** Of a process, its children and those that it had; undefined where the system does not tell. */
export function cpuUsOfFamily(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  ticksPerSecond ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  let ticks = 0;
  for (const name of readdirSync('/proc')) {
    const times = /^\d+$/.test(name) ? timesOf(name) : undefined;
    if (Number(name) === pid) ticks += times!.own + times!.ofFormerChildren;
    else if (times?.parent === pid) ticks += times.own;
  }
  return (ticks / ticksPerSecond) * 1_000_000;
}

interface Times {
  readonly parent: number;
  readonly own: number;
  readonly ofFormerChildren: number;
}

/** See `proc_pid_stat(5)`: what is behind the name, which may contain anything. Undefined for a process that just ended. */
function timesOf(pid: string): Times | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [user = 0, system = 0, formerUser = 0, formerSystem = 0] = fields.slice(11, 15).map(Number);
    return { parent: Number(fields[1]), own: user + system, ofFormerChildren: formerUser + formerSystem };
  } catch {
    return undefined;
  }
}
