import { useEffect, useSyncExternalStore } from 'react';
import type { Progress, Run } from './run.ts';

/** What a run has come to; while it runs, leaving the application asks first. */
export function useRun<Item>(run: Run<Item>): Progress {
  const progress = useSyncExternalStore(run.subscribe, run.progress);
  useEffect(() => {
    if (!progress.isRunning) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [progress.isRunning]);
  return progress;
}
