import { dollars } from '../../llm/cost/dollars.ts';
import type { Candidate, Round, Trial } from './round.ts';

/** How a template did, in a sentence for the model: counts only. */
export function describeTrial({ accepted, rejected }: Trial, texts: number): string {
  const reasons = reasonsOf(rejected);
  return `Of ${texts} texts that were asked for with it ${accepted} passed the filters${reasons === '' ? '' : `; refused: ${reasons}`}.`;
}

const columns = ['#', 'accepted', 'rejected for', 'mentions', 'without', 'characters', 'cost'] as const;

function cells({ number, trial, problem }: Candidate, texts: number): readonly string[] {
  if (trial === undefined) return [String(number), '-', problem ?? '', '', '', '', ''];
  const { accepted, rejected, mentions, negative, meanLength, costUsd } = trial;
  return [
    String(number),
    `${accepted} of ${texts}`,
    reasonsOf(rejected),
    String(mentions),
    String(negative),
    String(meanLength),
    costUsd === undefined ? '' : dollars(costUsd),
  ];
}

/** A round as plain text: its templates side by side, then what each of them wrote. */
export function roundAsText({ round, texts, candidates, costUsd }: Round): string {
  const rows = [columns, ...candidates.map((candidate) => cells(candidate, texts))];
  const widths = columns.map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
  const table = rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [
    `Round ${round}${costUsd === undefined ? '' : `, ${dollars(costUsd)} spent so far`}`,
    '',
    ...table,
    ...candidates.flatMap(({ number, idea, trial }) => [
      '',
      `${number}: ${idea}`,
      ...(trial?.texts ?? []).map(({ text, reason, detail }) =>
        reason === undefined ? `  + ${oneLine(text)}` : `  - ${reason} (${detail ?? ''}): ${oneLine(text)}`,
      ),
    ]),
  ].join('\n');
}

/** The same as Markdown. */
export function roundAsMarkdown({ round, texts, candidates, costUsd }: Round): string {
  return [
    `# Find a better prompt: round ${round}`,
    '',
    'The same texts were requested with each prompt. Prompt 0 is the one from which the others start.' +
      (costUsd === undefined ? '' : ` Spent so far: ${dollars(costUsd)}.`),
    '',
    markdownRow(columns),
    markdownRow(columns.map(() => '---')),
    ...candidates.map((candidate) => markdownRow(cells(candidate, texts))),
    ...candidates.flatMap(({ number, idea, problem, trial, template }) => [
      '',
      `## ${number}: ${oneLine(idea)}`,
      '',
      ...(problem === undefined ? [] : [problem]),
      ...(trial?.texts ?? []).flatMap(markdownText),
      ...(template === undefined ? [] : ['', 'The template:', '', ...fenced(template.trim())]),
    ]),
    '',
  ].join('\n');
}

function markdownRow(line: readonly string[]): string {
  return `| ${line.map(escapeCell).join(' | ')} |`;
}

function markdownText({ text, reason, detail }: Trial['texts'][number]): readonly string[] {
  const heading = reason === undefined ? '- accepted:' : `- **${reason}** (${detail ?? ''}):`;
  return [heading, ...fenced(text).map((line) => `  ${line}`)];
}

function reasonsOf(rejected: Readonly<Record<string, number>>): string {
  return Object.entries(rejected)
    .map(([reason, times]) => `${reason} ${times}`)
    .join(', ');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function escapeCell(cell: string): string {
  return oneLine(cell).replaceAll('|', '\\|');
}

/** A code block around a text, whatever backticks are in it. */
function fenced(text: string): readonly string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}text`, ...text.split('\n'), fence];
}
