import { scale, svg } from '../svg.ts';

/** One direction of a chart. */
interface Axis {
  /** Its ends. */
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

/** A point that is drawn as such. */
interface Dot {
  readonly x: number;
  readonly y: number;
  /** Shown by a pointer that rests on it. */
  readonly text: string;
  /** Written beside it and drawn larger: the one to look at. */
  readonly label: string | undefined;
}

interface LineChart {
  /** What the curve says, in words: all that a screen reader gets. */
  readonly summary: string;
  /** In pixels. */
  readonly width: number;
  readonly kind: 'loss' | 'score';
  readonly x: Axis;
  readonly y: Axis;
  readonly line: readonly (readonly [x: number, y: number])[];
  readonly dots?: readonly Dot[];
}

const height = 190;
const inset = { left: 46, right: 14, top: 14, bottom: 24 };

/** A curve over a grid. Colours come from the style sheet, by class. */
export function lineChart({ summary, width, kind, x, y, line, dots = [] }: LineChart): SVGElement {
  const [right, bottom] = [width - inset.right, height - inset.bottom];
  const across = scale(x, inset.left, right);
  const up = scale(y, bottom, inset.top);
  const chart = svg('svg', { width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', class: kind });
  chart.setAttribute('aria-label', summary);
  for (const { at, text } of y.ticks) {
    chart.append(
      svg('line', { class: 'grid', x1: inset.left, x2: right, y1: up(at), y2: up(at) }),
      svg('text', { x: inset.left - 8, y: up(at) + 4, 'text-anchor': 'end' }, text),
    );
  }
  for (const { at, text } of x.ticks) {
    chart.append(
      svg('line', { class: 'tick', x1: across(at), x2: across(at), y1: bottom, y2: bottom + 4 }),
      svg('text', { x: across(at), y: height - 6, 'text-anchor': at === x.max ? 'end' : 'middle' }, text),
    );
  }
  chart.append(svg('line', { class: 'axis', x1: inset.left, x2: right, y1: bottom, y2: bottom }));
  const points = line.map(([px, py]) => `${across(px).toFixed(1)},${up(py).toFixed(1)}`);
  chart.append(svg('polyline', { class: 'curve', points: points.join(' ') }));
  for (const dot of dots) chart.append(...drawDot(dot, across(dot.x), up(dot.y), right));
  return chart;
}

function drawDot({ text, label: words }: Dot, cx: number, cy: number, right: number): SVGElement[] {
  const isLabelled = words !== undefined;
  const place = { cx, cy, r: isLabelled ? 5 : 3.5 };
  const circle = svg('circle', { class: isLabelled ? 'dot best' : 'dot', ...place }, svg('title', {}, text));
  if (!isLabelled) return [circle];
  // Below the curve where there is no room above; to the left at the right end.
  const y = cy < inset.top + 16 ? cy + 20 : cy - 11;
  const anchor = cx > right - 40 ? 'end' : cx < inset.left + 40 ? 'start' : 'middle';
  return [circle, svg('text', { class: 'mark', x: cx, y, 'text-anchor': anchor }, words)];
}
