import { grouped } from '../counts.ts';
import type { EntityReport, Report } from '../../src/evaluation/report.ts';
import type { Average, Score } from '../../src/evaluation/scores.ts';
import { bar } from './bar.ts';
import { outcomes } from './outcomes.ts';
import { element, heading } from '../dom.ts';
import { grid } from './grid.ts';
import { partialViews } from './wording.ts';

const measures = [
  { title: 'Precision', width: 'minmax(8em, 2fr)' },
  { title: 'Recall', width: 'minmax(8em, 2fr)' },
  { title: 'F1', width: 'minmax(8em, 2fr)' },
];

/** Everything that is a number: by type, with partial credit, by outcome. */
export function scores(report: Report): HTMLElement {
  return element(
    'div',
    { class: 'view' },
    element('section', {}, heading(2, 'Scores by type'), typeGrid(report)),
    element('section', {}, heading(2, 'Right and wrong'), outcomes(report)),
    report.task === 'ner' ? partialSection(report.partial) : undefined,
  );
}

function typeGrid(report: Report): HTMLElement {
  const columns = [
    { title: 'Type', width: 'minmax(7em, 2fr)' },
    ...measures,
    { title: 'In gold', width: 'minmax(7.8em, 1fr)', isNumber: true },
    { title: 'Predicted', width: 'minmax(7.8em, 1fr)', isNumber: true },
    { title: 'Correct', width: 'minmax(7.8em, 1fr)', isNumber: true },
  ];
  const negative = report.task === 're' && report.scheme === 'rows' ? report.negativeLabel : undefined;
  const types = Object.entries(report.types).map(([label, score]) => ({
    cells: scoreCells(label === negative ? `${label} (negative)` : label, score),
  }));
  return grid('Scores by type', columns, [
    ...types,
    { cells: scoreCells('Micro average', report.micro), class: 'average' },
    { cells: scoreCells('Macro average', report.macro), class: 'average' },
  ]);
}

function scoreCells(label: string, score: Average & Partial<Score>): (Node | string)[] {
  return [
    label,
    ...bars(score),
    grouped(score.support),
    countCell(score.predicted),
    countCell(score.correct),
  ];
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
  const rows = partialViews.map(([view, name, meaning]) => {
    const words = element('span', {}, `${name}: `, element('span', { class: 'quiet' }, meaning));
    return { cells: [words, ...bars(partial[view])] };
  });
  return element(
    'section',
    {},
    heading(2, 'With partial credit'),
    element(
      'p',
      { class: 'quiet' },
      'The same predictions under four ways of counting a mention that is nearly right.',
    ),
    grid('Scores with partial credit', columns, rows),
  );
}
