import { visibleName } from '../../foundation/visibleText.ts';
import { grouped, percent } from '../../foundation/numbers.ts';
import type { Report, ReportError } from '../report.ts';
import { fairShare } from '../errorList.ts';
import {
  comparisonSentence,
  dateOf,
  errorKinds,
  intervalSentence,
  isOfRows,
  kindMeanings,
  kindNames,
  partialMeanings,
  partialViews,
  placeOf,
  plainSummary,
  rowSentence,
  scoreRows,
  settingOf,
} from './wording.ts';

const mostErrors = 40;

/** The report as GitHub-flavoured Markdown. */
export function renderMarkdown(report: Report): string {
  const sections = [
    `# ${escapeMarkdown(report.title)}`,
    escapeMarkdown(`${dateOf(report.created, 'UTC')}; ${settingOf(report)}.`),
    escapeMarkdown(plainSummary(report)),
    scoreTable(report),
    escapeMarkdown(intervalSentence(report)),
    ...[comparisonSentence(report)].filter((text) => text !== undefined).map(escape),
    ...(report.notes ?? []).map((note) => escape(`Note: ${note}`)),
    ...(report.task === 'ner' ? [partialTable(report.partial)] : []),
    ...(isOfRows(report) ? [rowSentence(report)] : []),
    countTable(report),
    ...(report.errors.length === 0 ? [] : [errorTable(report)]),
    sources(report),
  ];
  return `${sections.join('\n\n')}\n`;
}

function scoreTable(report: Report): string {
  return table(
    ['Type', 'Precision', 'Recall', 'F1', 'Support', 'Predicted', 'Correct'],
    'lrrrrrr',
    scoreRows(report).map((row) => [
      row.kind === 'average' ? `**${row.label}**` : escapeMarkdown(row.label),
      percent(row.precision),
      percent(row.recall),
      percent(row.f1),
      grouped(row.support),
      row.predicted === undefined ? '' : grouped(row.predicted),
      row.correct === undefined ? '' : grouped(row.correct),
    ]),
  );
}

function partialTable(partial: Extract<Report, { task: 'ner' }>['partial']): string {
  const rows = partialViews.map((view) => {
    const { precision, recall, f1 } = partial[view];
    return [view, percent(precision), percent(recall), percent(f1), partialMeanings[view]];
  });
  return `## Partial credit\n\n${table(['View', 'Precision', 'Recall', 'F1', 'Counts as right'], 'lrrrl', rows)}`;
}

function countTable({ counts }: Report): string {
  const kinds = ['correct', ...errorKinds] as const;
  const rows = kinds.map((kind) => [kindNames[kind], grouped(counts[kind]), kindMeanings[kind]]);
  return `## Errors\n\n${table(['Kind', 'Count', 'Meaning'], 'lrl', rows)}`;
}

function errorTable({ errors, errorsLeftOut }: Report): string {
  const shown = fairShare(errors, mostErrors);
  const hidden = errors.length - shown.length + errorsLeftOut;
  const rows = shown.map((error) => [
    kindNames[error.kind],
    escapeMarkdown(placeOf(error)),
    marked(error.gold),
    marked(error.predicted),
    escapeMarkdown(`${error.before}[…]${error.after}`),
  ]);
  const list = table(['Kind', 'Place', 'Gold', 'Predicted', 'Around it'], 'lllll', rows);
  return hidden === 0 ? list : `${list}\n\n${grouped(hidden)} more not shown.`;
}

function marked(side: ReportError['gold']): string {
  return side === undefined ? '' : `${escapeMarkdown(side.text)} (${escapeMarkdown(side.label)})`;
}

function sources({ sources: { gold, predicted } }: Report): string {
  return `Gold data: ${fileList(gold)}. Predictions: ${fileList(predicted)}.`;
}

function fileList(files: readonly string[]): string {
  return files.length === 0 ? 'not named' : escapeMarkdown(files.join(', '));
}

/** `alignment` has one letter per column: l for words, r for numbers. */
export function table(
  header: readonly string[],
  alignment: string,
  rows: readonly (readonly string[])[],
): string {
  const rule = Array.from(alignment, (letter) => (letter === 'r' ? '---:' : '---'));
  return [header, rule, ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** Escapes text from files, so that none of it becomes markup. */
export function escapeMarkdown(text: string): string {
  return visibleName(text.replaceAll(/\s+/gu, ' ')).replaceAll(/[\\`*_{}[\]<>#|~&]/gu, String.raw`\$&`);
}
