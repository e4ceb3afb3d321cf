import { counted } from '../../src/foundation/numbers.ts';
import type { ReviewStatistics } from '../../src/runs/review/reviewStatistics.ts';
import { element } from '../dom.ts';
import { svg } from '../svg.ts';

const width = 640;
const height = 150;
const inset = { top: 10, bottom: 24 };

/** How many texts have how many words, as bars; in words for those who do not see them. */
export function lengthChart({ lengths, words }: ReviewStatistics): HTMLElement {
  const { counts, width: step } = lengths;
  const most = Math.max(1, ...counts);
  const peak = counts.indexOf(Math.max(...counts));
  const chart = svg('svg', {
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'aria-label':
      `Lengths: half of the texts have ${words[1]} to ${words[3]} words; ` +
      `most have ${stretch(peak, step, counts.length)}.`,
  });
  const room = width / Math.max(1, counts.length);
  const bottom = height - inset.bottom;
  for (const [bar, count] of counts.entries()) {
    const tall = (count / most) * (bottom - inset.top);
    const title = `${counted(count, 'text')} of ${stretch(bar, step, counts.length)}`;
    const place = { x: bar * room + 1, y: bottom - tall, width: Math.max(1, room - 2), height: tall };
    chart.append(svg('rect', { class: 'bar', ...place }, svg('title', {}, title)));
    const every = Math.ceil(counts.length / 12);
    if (bar % every === 0) {
      chart.append(svg('text', { x: bar * room + 1, y: height - 7 }, String(bar * step)));
    }
  }
  chart.append(svg('line', { class: 'axis', x1: 0, x2: width, y1: bottom, y2: bottom }));
  return element('div', { class: 'chart' }, chart);
}

function stretch(bar: number, step: number, bars: number): string {
  const from = bar * step;
  if (bar === bars - 1) return `${from} words or more`;
  return step === 1 ? `${from} words` : `${from} to ${from + step - 1} words`;
}
