import type { Io } from './io.ts';

const width = 40;
const redrawMs = 100;
/** Goes one line up and clears it (ECMA-48): each drawing replaces the one before. */
const replaceLine = '\u001b[1A\u001b[2K';

/** A bar for people; nothing at all where no terminal is watched. `done` goes from 0 to 1. */
export function progressBar(io: Io, label: string): (done: number) => void {
  let drawn = 0;
  return (done) => {
    const now = Date.now();
    if (!io.isTerminal || (now - drawn < redrawMs && done < 1)) return;
    const filled = '#'.repeat(Math.round(done * width)).padEnd(width, '.');
    io.err(`${drawn === 0 ? '' : replaceLine}${label} [${filled}] ${Math.floor(done * 100)} %`);
    drawn = now;
  };
}
