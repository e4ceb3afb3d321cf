import { cssPercent, percent } from '../../src/foundation/numbers.ts';
import { element } from '../dom.ts';

export type Measure = 'precision' | 'recall' | 'f1';

/** A bar with its figure beside it; the figure says all, so the bar is hidden from screen readers. */
export function bar(measure: Measure, fraction: number): HTMLElement {
  const fill = element('span', { class: `fill ${measure}` });
  fill.style.width = cssPercent(fraction);
  return element(
    'span',
    { class: 'bar' },
    element('span', { class: 'rail', attributes: { 'aria-hidden': 'true' } }, fill),
    element('span', { class: 'value' }, percent(fraction)),
  );
}
