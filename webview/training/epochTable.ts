import { percent } from '../../src/foundation/numbers.ts';
import { table } from '../dom.ts';
import type { TrainingView } from './protocol.ts';

/** What the curves say, as numbers: a row for each epoch, the newest first. */
export function epochTable({ results, bestEpoch }: TrainingView): HTMLElement {
  const rows = [...results].reverse().map(({ epoch, loss, devF1 }) => {
    const isBest = epoch === bestEpoch;
    return {
      class: isBest ? 'best' : '',
      cells: [String(epoch), loss.toFixed(3), percent(devF1), isBest ? 'best' : ''],
    };
  });
  return table('Epochs', ['Epoch', 'Loss', 'Dev F1', ''], rows);
}
