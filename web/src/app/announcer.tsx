/** Says what has happened: shown for a while, and told to screen readers. */
import { Paper, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useSyncExternalStore } from 'react';

interface Announcement {
  readonly text: string;
  readonly number: number;
}

const shownForMs = 6_000;
let current: Announcement | undefined;
let count = 0;
const listeners = new Set<() => void>();

function set(next: Announcement | undefined): void {
  current = next;
  for (const listener of listeners) listener();
}

export function announce(text: string): void {
  count += 1;
  set({ text, number: count });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Stands once on every page. */
export function Announcer() {
  const announcement = useSyncExternalStore(subscribe, () => current);
  useEffect(() => {
    if (announcement === undefined) return undefined;
    const timer = setTimeout(() => set(undefined), shownForMs);
    return () => clearTimeout(timer);
  }, [announcement]);
  return (
    <div role="status" className="announcer">
      {announcement !== undefined && (
        <Paper key={announcement.number} withBorder shadow="md" className="announcement">
          <IconCircleCheck aria-hidden className="announcement-icon" />
          <Text size="sm">{announcement.text}</Text>
        </Paper>
      )}
    </div>
  );
}
