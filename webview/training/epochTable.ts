import { element } from '../dom.ts';
import { percent } from '../percent.ts';
import type { TrainingView } from '../protocol.ts';

/** What the curves say, as numbers: a row an epoch, the newest first. */
export function epochTable({ results, bestEpoch }: TrainingView): HTMLElement {
  const header = ['Epoch', 'Loss', 'Dev F1', ''].map((title) =>
    element('th', { attributes: { scope: 'col' } }, title),
  );
  const rows = [...results].reverse().map(({ epoch, loss, devF1 }) => {
    const isBest = epoch === bestEpoch;
    return element(
      'tr',
      isBest ? { class: 'best' } : {},
      element('th', { attributes: { scope: 'row' } }, String(epoch)),
      element('td', {}, loss.toFixed(3)),
      element('td', {}, percent(devF1)),
      element('td', {}, isBest ? 'best' : ''),
    );
  });
  return element(
    'table',
    { attributes: { 'aria-label': 'Epochs' } },
    element('thead', {}, element('tr', {}, ...header)),
    element('tbody', {}, ...rows),
  );
}
