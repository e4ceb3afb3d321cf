import { percent } from '../../foundation/numbers.ts';
import type { Report } from '../report.ts';
import { escapeMarkdown, table } from './markdown.ts';
import { hasInterval, intervalSentence } from './wording.ts';

/** Two reports side by side as Markdown, with the warnings that a reader of the figures needs. */
export function compareReports(first: Report, second: Report): string {
  const [a, b] = [first.title, second.title].map(escapeMarkdown);
  const rows = [
    row('Micro F1', first.micro.f1, second.micro.f1),
    row('Precision', first.micro.precision, second.micro.precision),
    row('Recall', first.micro.recall, second.micro.recall),
    row('Macro F1', first.macro.f1, second.macro.f1),
  ];
  const labels = [...new Set([...Object.keys(first.types), ...Object.keys(second.types)])].sort();
  const types = labels.map((label) => row(escapeMarkdown(label), f1Of(first, label), f1Of(second, label)));
  return [
    `# ${a} and ${b}`,
    ...cautions(first, second),
    table(['', String(a), String(b), 'Difference'], 'lrrr', rows),
    '## F1 by type',
    table(['Type', String(a), String(b), 'Difference'], 'lrrr', types),
    '## How sure this is',
    ...[first, second].map((report) => `- ${escapeMarkdown(report.title)}: ${intervalSentence(report)}`),
    overlap(first, second),
    '',
  ].join('\n\n');
}

function goldOf({ sources }: Report): string {
  return sources.gold.join(', ');
}

function labelsOf({ labels }: Report): string {
  return labels?.join(', ') ?? 'all types';
}

/** What makes the figures of two reports hard to compare. */
function cautions(first: Report, second: Report): string[] {
  return [
    ...(goldOf(first) === goldOf(second)
      ? []
      : [
          `**Not the same gold data**: ${escapeMarkdown(goldOf(first))}, and ${escapeMarkdown(goldOf(second))}. The figures cannot be compared directly.`,
        ]),
    ...(first.task === second.task
      ? []
      : ['**Not the same task**: one scores mentions, the other relations.']),
    ...(labelsOf(first) === labelsOf(second)
      ? []
      : [
          `**Not the same types count**: ${escapeMarkdown(labelsOf(first))}, and ${escapeMarkdown(labelsOf(second))}.`,
        ]),
  ];
}

function overlap(first: Report, second: Report): string {
  if (!hasInterval(first) || !hasInterval(second)) return '';
  const [low, high] = [first.interval.f1, second.interval.f1].sort((a, b) => a[0] - b[0]);
  return low !== undefined && high !== undefined && low[1] >= high[0]
    ? 'The intervals overlap: chance may explain the difference.'
    : 'The intervals do not overlap: the difference is more than chance would explain.';
}

function f1Of({ types }: Report, label: string): number | undefined {
  return Object.hasOwn(types, label) ? types[label]?.f1 : undefined;
}

function row(name: string, first: number | undefined, second: number | undefined): readonly string[] {
  const difference = first === undefined || second === undefined ? undefined : (second - first) * 100;
  const points =
    difference === undefined ? '' : `${difference > 0 ? '+' : ''}${difference.toFixed(1)} points`;
  return [name, ...[first, second].map((value) => (value === undefined ? '–' : percent(value))), points];
}
