import { counted, grouped } from '../../src/foundation/numbers.ts';
import type { ReviewStatistics } from '../../src/runs/review/reviewStatistics.ts';
import { element } from '../dom.ts';
import { scale, svg } from '../svg.ts';
import { ticksUpTo } from '../ticks.ts';

const width = 640;
const height = 200;
const inset = { top: 10, right: 6, bottom: 44, left: 46 };
/** Pixels that the name of a bar takes. */
const nameWidth = 46;

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
  const ticks = ticksUpTo(most, 4).filter(Number.isInteger);
  const [right, bottom] = [width - inset.right, height - inset.bottom];
  const room = (right - inset.left) / Math.max(1, counts.length);
  const up = scale({ min: 0, max: ticks.at(-1) ?? most }, bottom, inset.top);
  for (const tick of ticks) {
    chart.append(
      svg('line', { class: 'grid', x1: inset.left, x2: right, y1: up(tick), y2: up(tick) }),
      svg('text', { x: inset.left - 8, y: up(tick) + 4, 'text-anchor': 'end' }, grouped(tick)),
    );
  }
  const every = Math.ceil(nameWidth / room);
  for (const [bar, count] of counts.entries()) {
    const left = inset.left + bar * room;
    const title = `${counted(count, 'text')} of ${stretch(bar, step, counts.length)}`;
    const place = { x: left + 1, y: up(count), width: Math.max(1, room - 2), height: bottom - up(count) };
    chart.append(svg('rect', { class: 'bar', ...place }, svg('title', {}, title)));
    if (bar % every !== 0) continue;
    const middle = { x: left + room / 2, y: bottom + 16, 'text-anchor': 'middle' };
    chart.append(svg('text', { class: 'bin', ...middle }, binName(bar, step, counts.length)));
  }
  chart.append(
    svg('line', { class: 'axis', x1: inset.left, x2: right, y1: bottom, y2: bottom }),
    svg(
      'text',
      { class: 'name', x: (inset.left + right) / 2, y: height - 6, 'text-anchor': 'middle' },
      'Words in a text',
    ),
    svg(
      'text',
      {
        class: 'name',
        x: 12,
        y: (inset.top + bottom) / 2,
        'text-anchor': 'middle',
        transform: `rotate(-90 12 ${(inset.top + bottom) / 2})`,
      },
      'Texts',
    ),
  );
  return element('div', { class: 'chart' }, chart);
}

function stretch(bar: number, step: number, bars: number): string {
  const from = bar * step;
  if (bar === bars - 1) return `${from} words or more`;
  return step === 1 ? `${from} words` : `${from} to ${from + step - 1} words`;
}

/** What stands below a bar: `10–14`, or `60+` for the last one. */
function binName(bar: number, step: number, bars: number): string {
  const from = bar * step;
  if (bar === bars - 1) return `${from}+`;
  return step === 1 ? String(from) : `${from}–${from + step - 1}`;
}
