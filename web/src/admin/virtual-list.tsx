import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';

interface VirtualListProps {
  readonly label: string;
  readonly count: number;
  /** About how high a row is, in CSS pixels. */
  readonly rowHeight: number;
  readonly row: (index: number) => ReactNode;
  /** Called when the end comes into sight. */
  readonly onEnd?: () => void;
}

/** A list of any length, of which only what is in sight is drawn. A screen reader is told how long it is. */
export function VirtualList({ label, count, rowHeight, row, onEnd }: VirtualListProps) {
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const shown = rows.getVirtualItems();
  const isAtEnd = (shown.at(-1)?.index ?? 0) >= count - 1;
  useEffect(() => {
    if (isAtEnd && count > 0) onEnd?.();
  }, [isAtEnd, count, onEnd]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section ref={box} className="virtual-list" aria-label={label} tabIndex={0}>
      <ul className="plain" style={{ height: rows.getTotalSize() }}>
        {shown.map(({ key, index, start }) => (
          <li
            key={key}
            ref={rows.measureElement}
            data-index={index}
            aria-setsize={count}
            aria-posinset={index + 1}
            style={{ transform: `translateY(${start}px)` }}
          >
            {row(index)}
          </li>
        ))}
      </ul>
    </section>
  );
}
