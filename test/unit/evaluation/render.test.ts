import { describe, expect, it } from 'vitest';
import { evaluateMentions } from '../../../src/evaluation/evaluateMentions.ts';
import { evaluateRelations } from '../../../src/evaluation/evaluateRelations.ts';
import { renderCsv, renderErrorsCsv } from '../../../src/evaluation/render/csv.ts';
import { renderHtml } from '../../../src/evaluation/render/html.ts';
import { renderMarkdown } from '../../../src/evaluation/render/markdown.ts';
import { renderTerminal } from '../../../src/evaluation/render/terminal.ts';
import { markedDocument } from './sampleDocuments.ts';

const hostile = '<img src=x onerror=alert(1)> | `*x*`';
const text = `She has ${hostile} and takes =SUM(A1), "quoted".`;
const created = '2026-11-24T11:25:00Z';
const gold = [
  markedDocument('note|1.txt', text, [
    [hostile, 'Disease'],
    ['=SUM(A1)', 'Chemical'],
    ['"quoted"', 'Disease'],
  ]),
];
const predicted = [markedDocument('note|1.txt', text, [['"quoted"', 'Disease']])];
const report = evaluateMentions(gold, predicted, {
  created,
  title: `Report ${hostile}`,
  sources: { gold: ['gold.jsonl'], predicted: ['out.jsonl'] },
});
const relations = evaluateRelations(
  [
    { text: 'one', label: '1' },
    { text: 'two', label: '0' },
  ],
  [
    { text: 'one', label: '1' },
    { text: 'two', label: '1' },
  ],
  { created },
);

describe('the terminal table', () => {
  it('lines its columns up', () => {
    const lines = renderTerminal(report).split('\n');
    const table = lines.slice(lines.findIndex((line) => line.startsWith('Type')));
    expect(table.slice(0, 7)).toEqual([
      'Type           Precision  Recall     F1  Support  Predicted  Correct',
      '────────────────────────────────────────────────────────────────────',
      'Chemical            0.0%    0.0%   0.0%        1          0        0',
      'Disease           100.0%   50.0%  66.7%        2          1        1',
      '────────────────────────────────────────────────────────────────────',
      'Micro average     100.0%   33.3%  50.0%        3          1        1',
      'Macro average      50.0%   25.0%  33.3%        3',
    ]);
  });

  it('lets no control character of a label reach the terminal', () => {
    const label = '\u{1B}[31mRed';
    const marked = markedDocument('a', 'pain', [['pain', label]]);
    expect(renderTerminal(evaluateMentions([marked], [marked], { created }))).not.toContain('\u{1B}');
  });

  it('says why there is no interval when there is one sentence only', () => {
    expect(renderTerminal(report)).toContain('No interval: the bootstrap needs at least two');
  });

  it('gives the measures of relations', () => {
    expect(renderTerminal(relations)).toContain('Accuracy 50.0%, balanced accuracy 50.0%');
  });
});

describe('the Markdown report', () => {
  it('keeps text of documents text', () => {
    const markdown = renderMarkdown(report);
    expect(markdown).toContain(String.raw`\<img src=x onerror=alert(1)\> \| \`\*x\*\``);
    expect(markdown).not.toMatch(/(?<!\\)<img/u);
  });

  it('names the files that were compared, with white space as single spaces', () => {
    expect(renderMarkdown(report)).toContain('Gold data: gold.jsonl. Predictions: out.jsonl.');
    expect(renderMarkdown(relations)).toContain('Gold data: not named. Predictions: not named.');
    const sources = { gold: ['a  b.jsonl', 'c.jsonl'], predicted: [] };
    expect(renderMarkdown({ ...report, sources })).toContain('Gold data: a b.jsonl, c.jsonl.');
  });

  it('aligns words to the left and numbers to the right', () => {
    expect(renderMarkdown(report)).toContain(
      '| Type | Precision | Recall | F1 | Support | Predicted | Correct |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n',
    );
  });

  it('has the averages in bold and the types as they are', () => {
    expect(renderMarkdown(report)).toContain('| **Micro average** |');
    expect(renderMarkdown(report)).toContain('| Chemical |');
  });

  it('counts the errors that it does not show', () => {
    const [error] = report.errors;
    if (error === undefined) throw new Error('the report has no errors');
    expect(renderMarkdown(report)).not.toContain('more not shown');
    const errors = Array.from({ length: 2000 }, () => error);
    const shown = renderMarkdown({ ...report, errors }).split('note\\|1.txt, line').length - 1;
    expect(renderMarkdown({ ...report, errors, errorsLeftOut: 10_000 })).toContain(
      `${(12_000 - shown).toLocaleString('en')} more not shown.`,
    );
  });

  it('has the same number of columns in every row of a table', () => {
    for (const table of renderMarkdown(report)
      .split('\n\n')
      .filter((part) => part.startsWith('| '))) {
      const widths = table.split('\n').map((row) => row.split(/(?<!\\)\|/u).length);
      expect(new Set(widths).size).toBe(1);
    }
  });
});

describe('the CSV report', () => {
  it('has fractions for each type and average', () => {
    expect(renderCsv(report).split('\r\n').slice(0, 3)).toEqual([
      'row,label,precision,recall,f1,support,predicted,correct',
      'type,Chemical,0,0,0,1,0,0',
      `type,Disease,1,0.5,${2 / 3},2,1,1`,
    ]);
  });

  it('quotes what needs it and keeps a spreadsheet from reading text as a formula', () => {
    const [, , formula] = renderErrorsCsv(report).split('\r\n');
    expect(formula).toContain(`,Chemical,'=SUM(A1),`);
    expect(formula).toContain(`", ""quoted""."`);
  });
});

describe('the HTML report', () => {
  it('is one file without script or outside source, and says so in its policy', () => {
    const html = renderHtml(report);
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(html).not.toMatch(/<script|<link|src="|url\(/u);
  });

  it('escapes all text of documents', () => {
    const html = renderHtml(report);
    expect(html).not.toContain('<img');
    expect(html).toContain('<title>Report &lt;img src=x onerror=alert(1)&gt; | `*x*`</title>');
  });

  it('has every figure of the table beside its bar', () => {
    const html = renderHtml(report);
    expect(html).toContain('style="width:66.67%"></span></span><span class="value">66.7%</span>');
    expect(html).toContain('Of 3 mentions in the gold data, 1 was found exactly (33.3%).');
  });

  it('marks the negative label, and leaves counts empty that an average does not have', () => {
    const html = renderHtml(relations);
    expect(html.match(/<small>\(negative\)<\/small>/gu)).toHaveLength(1);
    expect(html).toMatch(/0 <small>\(negative\)<\/small>/u);
    expect(html).toMatch(
      /Macro average[^]*?<td class="count">\d+<\/td>\s*<td class="count"><\/td>\s*<td class="count"><\/td>/u,
    );
  });

  it('draws no interval if there is only one unit', () => {
    expect(renderHtml(report)).not.toContain('class="band"');
  });

  it('draws the interval from its lower to its upper end', () => {
    const interval = { ...report.interval, f1: [0.25, 0.75] as const, units: 2, resamples: 100 };
    expect(renderHtml({ ...report, interval })).toContain('style="left:25.00%;width:50.00%"');
  });

  it('shows relations with their own measures and without boundaries', () => {
    const html = renderHtml(relations);
    expect(html).toContain('Matthews correlation');
    expect(html).not.toContain('Wrong boundaries');
  });

  it('reports a comparison when there is one', () => {
    const comparison = {
      first: report.micro,
      second: { ...report.micro, f1: 0.75 },
      difference: 0.25,
      p: 0.0123,
      rounds: 10_000,
      seed: 1,
      name: 'other.jsonl',
    };
    expect(renderHtml({ ...report, comparison })).toContain(
      'Against other.jsonl: micro F1 50.0% here, 75.0% there, a difference of 25.0 points, more than chance would explain (p = 0.0123',
    );
  });
});
