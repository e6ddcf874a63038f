/** Whether the server answers, and still knows who is here: what the banner over every page tells. */
import { useSyncExternalStore } from 'react';

export type Connection = 'connected' | 'unreachable' | 'signedOut';

let connection: Connection = 'connected';
const listeners = new Set<() => void>();

export function setConnection(next: Connection): void {
  if (connection === next) return;
  connection = next;
  for (const listener of listeners) listener();
}

export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, () => connection);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the server answers now; tells the banner. */
export async function tryConnection(): Promise<boolean> {
  try {
    const { ok } = await fetch('/readyz', { cache: 'no-store' });
    if (ok) setConnection('connected');
    return ok;
  } catch {
    return false;
  }
}
