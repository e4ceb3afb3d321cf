import { grouped, percent } from '../../foundation/numbers.ts';
import { visibleName } from '../../foundation/visibleText.ts';
import type { Report } from '../report.ts';
import {
  comparisonSentence,
  errorKinds,
  intervalSentence,
  isOfRows,
  kindNames,
  partialViews,
  rowSentence,
  scoreRows,
  settingOf,
} from './wording.ts';

const header = ['Type', 'Precision', 'Recall', 'F1', 'Support', 'Predicted', 'Correct'];

/** The scores as an aligned plain-text table that ends with a line end. */
export function renderTerminal(report: Report): string {
  const rows = scoreRows(report);
  const cells = rows.map((row) => [
    visibleName(row.label),
    percent(row.precision),
    percent(row.recall),
    percent(row.f1),
    grouped(row.support),
    row.predicted === undefined ? '' : grouped(row.predicted),
    row.correct === undefined ? '' : grouped(row.correct),
  ]);
  const typeCount = rows.filter(({ kind }) => kind === 'type').length;
  const [head = '', ...body] = aligned([header, ...cells]);
  const rule = '─'.repeat(head.length);
  const table = [head, rule, ...body.slice(0, typeCount), rule, ...body.slice(typeCount)];
  return `${[`${visibleName(report.title)} (${visibleName(settingOf(report))})`, '', ...table, '', ...remarks(report)].join('\n')}\n`;
}

function remarks(report: Report): string[] {
  const counts = errorKinds.map((kind) => `${grouped(report.counts[kind])} ${kindNames[kind].toLowerCase()}`);
  const comparison = comparisonSentence(report);
  return [
    intervalSentence(report),
    ...measures(report),
    `Counts: ${[`${grouped(report.counts.correct)} correct`, ...counts].join(', ')}.`,
    ...(comparison === undefined ? [] : [visibleName(comparison)]),
    ...(report.notes ?? []).map((note) => visibleName(`Note: ${note}`)),
  ];
}

function measures(report: Report): string[] {
  if (report.task === 'ner') {
    const { partial } = report;
    const views = partialViews.map((view) => `${view} ${percent(partial[view].f1)}`);
    return [`F1 with partial credit: ${views.join(', ')}.`];
  }
  return isOfRows(report) ? [rowSentence(report)] : [];
}

/** Aligns words to the left and numbers to the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = header.map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))));
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const padding = ' '.repeat((widths[column] as number) - widthOf(cell));
        return column === 0 ? cell + padding : padding + cell;
      })
      .join('  ')
      .trimEnd(),
  );
}

/** In characters, not UTF-16 units, so that an emoji in a label counts as one. */
function widthOf(text: string): number {
  return Array.from(text).length;
}
