import { capitalised } from '../../src/foundation/capitalised.ts';
import type { EntityReport, Report } from '../../src/evaluation/report.ts';
import type { Average } from '../../src/evaluation/scores.ts';
import { cssPercent, grouped, percent } from '../../src/foundation/numbers.ts';
import { outcomes } from './outcomes.ts';
import { element, quiet, section } from '../dom.ts';
import { grid } from '../ui/grid.ts';
import { isOfRows, partialMeanings, partialViews, scoreRows } from '../../src/evaluation/render/wording.ts';

const measures = [
  { title: 'Precision', width: 'minmax(8em, 2fr)' },
  { title: 'Recall', width: 'minmax(8em, 2fr)' },
  { title: 'F1', width: 'minmax(8em, 2fr)' },
];

/** Everything that is a number: by type, with partial credit, by outcome. */
export function scores(report: Report): HTMLElement[] {
  return [
    section('Scores by type', typeGrid(report)),
    section('Right and wrong', outcomes(report)),
    ...(report.task === 'ner' ? [partialSection(report.partial)] : []),
  ];
}

function typeGrid(report: Report): HTMLElement {
  const columns = [
    { title: 'Type', width: 'minmax(7em, 2fr)' },
    ...measures,
    { title: 'In gold', width: 'minmax(7.8em, 1fr)', isNumber: true },
    { title: 'Predicted', width: 'minmax(7.8em, 1fr)', isNumber: true },
    { title: 'Correct', width: 'minmax(7.8em, 1fr)', isNumber: true },
  ];
  const negative = isOfRows(report) ? report.negativeLabel : undefined;
  const rows = scoreRows(report).map(({ kind, label, ...score }) => ({
    class: kind,
    cells: [
      label === negative && kind === 'type' ? `${label} (negative)` : label,
      ...bars(score),
      grouped(score.support),
      countCell(score.predicted),
      countCell(score.correct),
    ],
  }));
  return grid('Scores by type', columns, rows);
}

/** A macro average has no counts of its own. */
function countCell(count: number | undefined): string {
  return count === undefined ? '' : grouped(count);
}

function bars({ precision, recall, f1 }: Pick<Average, 'precision' | 'recall' | 'f1'>): HTMLElement[] {
  return [bar('precision', precision), bar('recall', recall), bar('f1', f1)];
}

function partialSection(partial: EntityReport['partial']): HTMLElement {
  const columns = [{ title: 'Way of counting', width: 'minmax(12em, 4fr)' }, ...measures];
  const rows = partialViews.map((view) => {
    const meaning = element('span', { class: 'quiet' }, partialMeanings[view]);
    const words = element('span', {}, `${capitalised(view)}: `, meaning);
    return { cells: [words, ...bars(partial[view])] };
  });
  return section(
    'With partial credit',
    quiet('The same predictions under four ways of counting a mention that is nearly right.'),
    grid('Scores with partial credit', columns, rows),
  );
}

type Measure = 'precision' | 'recall' | 'f1';

/** A bar with its figure. The bar is hidden from screen readers, since the figure says the same. */
function bar(measure: Measure, fraction: number): HTMLElement {
  const fill = element('span', { class: `fill ${measure}` });
  fill.style.width = cssPercent(fraction);
  return element(
    'span',
    { class: 'bar' },
    element('span', { class: 'rail', attributes: { 'aria-hidden': 'true' } }, fill),
    element('span', { class: 'value' }, percent(fraction)),
  );
}
