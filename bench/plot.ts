/** Bars of ratios as a plain SVG that is readable on light and dark pages alike. */

export interface Bar {
  readonly label: string;
  readonly ratio: number;
  readonly target: number | undefined;
}

export interface Plot {
  readonly title: string;
  readonly bars: readonly Bar[];
}

const width = 760;
const labelWidth = 370;
const barHeight = 16;
const rowHeight = 24;
const titleHeight = 40;
const textGap = 8;

const style = `<style>
    text { font: 13px system-ui, sans-serif; fill: #24292f; }
    .title { font-weight: 600; }
    .figure { font-variant-numeric: tabular-nums; }
    .bar { fill: #2f6fb5; }
    .target { stroke: #b35900; stroke-width: 2; }
    .target-word { fill: #b35900; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3; }
      .bar { fill: #58a6ff; }
      .target { stroke: #f0a04b; }
      .target-word { fill: #f0a04b; }
    }
  </style>`;

/** The plots below each other, each with a scale of its own. */
export function svgOf(plots: readonly Plot[], description: string): string {
  const parts: string[] = [];
  let top = 0;
  for (const plot of plots) {
    parts.push(...linesOf(plot, top));
    top += heightOf(plot);
  }
  parts.push(legend(top));
  const height = top + titleHeight;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="description">
  <title id="description">${escaped(description)}</title>
  ${style}
  ${parts.join('\n  ')}
</svg>
`;
}

function heightOf({ bars }: Plot): number {
  return titleHeight + bars.length * rowHeight;
}

function linesOf({ title, bars }: Plot, top: number): string[] {
  const largest = Math.max(...bars.flatMap(({ ratio, target }) => [ratio, target ?? 0]));
  const toX = (ratio: number): number => (ratio / largest) * (width - labelWidth - 70);
  const lines = [`<text class="title" x="0" y="${top + titleHeight - 14}">${escaped(title)}</text>`];
  for (const [index, { label, ratio, target }] of bars.entries()) {
    const y = top + titleHeight + index * rowHeight;
    const baseline = y + barHeight - 3;
    const end = labelWidth + toX(ratio);
    const afterBoth = Math.max(end, target === undefined ? 0 : labelWidth + toX(target));
    lines.push(
      `<text x="${labelWidth - textGap}" y="${baseline}" text-anchor="end">${escaped(label)}</text>`,
      `<rect class="bar" x="${labelWidth}" y="${y}" width="${toX(ratio).toFixed(1)}" height="${barHeight}" rx="2"/>`,
      `<text class="figure" x="${(afterBoth + textGap).toFixed(1)}" y="${baseline}">${ratio.toFixed(2)}</text>`,
    );
    if (target === undefined) continue;
    const x = (labelWidth + toX(target)).toFixed(1);
    lines.push(`<line class="target" x1="${x}" y1="${y - 3}" x2="${x}" y2="${y + barHeight + 3}"/>`);
  }
  return lines;
}

function legend(top: number): string {
  const y = top + titleHeight - 14;
  return `<line class="target" x1="${labelWidth}" y1="${y - 12}" x2="${labelWidth}" y2="${y + 2}"/><text class="target-word" x="${labelWidth + textGap}" y="${y}">the target</text>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
