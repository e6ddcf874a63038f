/** Processor time of other programs, as Linux tells it. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';

let ticksPerSecond: number | undefined;

/** Of a process, its children and those that it had; undefined where the system does not tell. */
export function cpuUsOfFamily(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  ticksPerSecond ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  let ticks = 0;
  for (const [member, times] of familyOf(pid)) {
    ticks += times.own;
    if (member === pid) ticks += times.ofFormerChildren;
  }
  return (ticks / ticksPerSecond) * 1_000_000;
}

const allCores = `0-${cpus().length - 1}`;

/** Keeps a process and its children, also those to come, on one core; or lets them go where the system puts them. */
export function placeFamily(pid: number, core: number | undefined): void {
  for (const [member] of familyOf(pid)) {
    execFileSync('taskset', ['-cp', core === undefined ? allCores : String(core), String(member)]);
  }
}

/** A process and its children. */
function familyOf(pid: number): [pid: number, times: Times][] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return all.flatMap((name) => {
    const times = timesOf(name);
    const isMember = Number(name) === pid || times?.parent === pid;
    return times !== undefined && isMember ? [[Number(name), times] as [number, Times]] : [];
  });
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
