import { describe, expect, test } from 'vitest';
import { parseBratLine } from '../../../src/corpus/brat/line.ts';
import { parseBrat } from '../../../src/corpus/brat/read.ts';
import { formatBrat } from '../../../src/corpus/brat/write.ts';
import { type Document, mentionText } from '../../../src/corpus/document.ts';
import { failure } from './failure.ts';

const text = '\u{1F48A} Severe renal and hepatic failure\nafter aspirin.\n';
const annotations = [
  'T1\tDisease 9 14;27 34\trenal failure',
  'T2\tDisease 19 34\thepatic failure',
  'T3\tChemical 41 48\taspirin',
  'E1\tDisease:T2 ',
  'E2\tDisease:T1 Cause:E1',
  'R1\tcauses Arg1:T3 Arg2:E1\t',
  'A1\tNegated E1',
  'A2\tSeverity T1 severe',
  '*\tSame E1 T1 T3',
  '#1\tAnnotatorNotes T2\tcheck this',
  'N1\tReference T3 MeSH:D001241\taspirin',
  '',
  'X9\tof another program',
  '',
].join('\n');

function read(): Document {
  return parseBrat(text, annotations, 'note');
}

describe('a brat document', () => {
  test('has UTF-16 offsets although the file counts code points, also in discontinuous spans', () => {
    const { spans } = read();
    expect(spans.map((span) => mentionText(text, span))).toEqual([
      'renal failure',
      'hepatic failure',
      'aspirin',
    ]);
    expect(spans[0]?.fragments).toEqual([
      { start: 10, end: 15 },
      { start: 28, end: 35 },
    ]);
  });

  test('assigns relations and attributes of an event to its trigger', () => {
    const { relations, attributes } = read();
    expect(relations).toEqual([{ id: 'R1', head: 'T3', tail: 'T2', label: 'causes', source: 'human' }]);
    expect(attributes).toEqual([
      { id: 'A1', target: 'T2', name: 'Negated' },
      { id: 'A2', target: 'T1', name: 'Severity', value: 'severe' },
    ]);
  });

  test('is written back byte for byte, with any line ends and without a final one', () => {
    const lineEnds = ['\n', '\r\n', '\r'];
    const files = lineEnds.map((lineEnd) => annotations.replaceAll('\n', lineEnd));
    for (const file of [...files, annotations.trimEnd(), `\uFEFF${annotations}`, '']) {
      expect(formatBrat(parseBrat(text, file, 'note'))).toBe(file);
    }
  });

  test('rewrites a changed span in place, with its event', () => {
    const document = read();
    const spans = document.spans.map((span) => (span.id === 'T2' ? { ...span, label: 'Finding' } : span));
    expect(formatBrat({ ...document, spans })).toBe(
      annotations.replace('T2\tDisease', 'T2\tFinding').replace('E1\tDisease', 'E1\tFinding'),
    );
  });

  test('adds new spans and relations at the end, with unused IDs', () => {
    const document = read();
    const added = formatBrat({
      ...document,
      spans: [
        ...document.spans,
        { id: 'model-1', start: 3, end: 9, label: 'Degree', source: 'model', score: 0.9 },
      ],
      relations: [
        ...document.relations,
        { id: 'x', head: 'model-1', tail: 'T1', label: 'of', source: 'model' },
      ],
    });
    expect(added).toBe(`${annotations}T4\tDegree 2 8\tSevere\nR2\tof Arg1:T4 Arg2:T1\t\n`);
  });

  test('removes everything about a removed span', () => {
    const document = read();
    const spans = document.spans.filter(({ id }) => id !== 'T2');
    expect(formatBrat({ ...document, spans }).split('\n')).toEqual([
      'T1\tDisease 9 14;27 34\trenal failure',
      'T3\tChemical 41 48\taspirin',
      'E2\tDisease:T1',
      'A2\tSeverity T1 severe',
      '*\tSame T1 T3',
      'N1\tReference T3 MeSH:D001241\taspirin',
      '',
      'X9\tof another program',
      '',
    ]);
  });

  test('keeps a line whose parts are not in text order', () => {
    const odd = 'T1\tX 4 5;0 1\ta c\n';
    expect(formatBrat(parseBrat('a b c', odd, 'note'))).toBe(odd);
  });

  test('gives attributes free IDs where theirs do not have the form of brat', () => {
    const document = parseBrat('ab', 'T1\tX 0 1\ta\n', 'note');
    const attributes = ['A12', 'M3', 'xA4', 'A5x', 'a'].map((id) => ({ id, target: 'T1', name: 'Un  sure' }));
    expect(
      formatBrat({ ...document, attributes })
        .split('\n')
        .slice(1),
    ).toEqual([
      'A12\tUn_sure T1',
      'M3\tUn_sure T1',
      'A3\tUn_sure T1',
      'A4\tUn_sure T1',
      'A5\tUn_sure T1',
      '',
    ]);
  });

  test('leaves out an attribute whose mention was removed', () => {
    const document = parseBrat('ab', '', 'note');
    const attributes = [{ id: 'A1', target: 'T1', name: 'Negated' }];
    expect(formatBrat({ ...document, attributes })).toBe('');
  });

  test('keeps an attribute of something that the file does not have', () => {
    const odd = 'T1\tX 0 1\ta\nA1\tNegated E7\nA2\tNegated T1\n';
    const document = parseBrat('ab', odd, 'note');
    expect(formatBrat(document)).toBe(odd);
    expect(formatBrat({ ...document, attributes: [] })).toBe('T1\tX 0 1\ta\nA1\tNegated E7\n');
  });

  test('is written without an original file, a mention over a line end in parts', () => {
    const document: Document = {
      ...parseBrat(text, '', 'note'),
      spans: [{ id: 'a', start: 28, end: 41, label: 'Two Words', source: 'human' }],
    };
    expect(formatBrat(document)).toBe('T1\tTwo_Words 27 34;35 40\tfailure after\n');
  });

  test('loses notes and groups with what they are about, and nothing else', () => {
    const odd = [
      'T1\tX 0 1\ta',
      'T2\tX 1 2\tb',
      'T3\tX 2 3\tc',
      '#1\tNote T2\tabout T2',
      '#2\tNote T1\tabout T1',
      'N1\tReference T2 A:1\tb',
      '*\tSame T1 T2 T3',
      '*\tSame T1 T2',
      'X#1\tother T2',
      '',
    ].join('\n');
    const document = parseBrat('abc', odd, 'note');
    expect(formatBrat(document)).toBe(odd);
    const spans = document.spans.filter(({ id }) => id !== 'T2');
    expect(formatBrat({ ...document, spans }).split('\n')).toEqual([
      'T1\tX 0 1\ta',
      'T3\tX 2 3\tc',
      '#2\tNote T1\tabout T1',
      '*\tSame T1 T3',
      'X#1\tother T2',
      '',
    ]);
  });

  test.each([
    ['T1\tX 0 1\ta', true],
    ['T1\tX 0 1 \ta', true],
    ['T1\tX 0 1;2 3\ta c', true],
    ['T1\tTwo X 0 1\ta', false],
    ['T1\t X 0 1\ta', false],
    ['T1\tX 0 1x\ta', false],
    ['T1\tX 0 1 2\ta', false],
    ['T1\tX 0 1;\ta', false],
    ['T1\tX\ta', false],
  ])('has a label and offsets in each line of a span: %j', (line, has) => {
    expect(parseBratLine(line).kind).toBe(has ? 'span' : 'broken');
  });

  test('begins a new line after a last line without a line end', () => {
    const document = parseBrat('ab', 'T1\tX 0 1\ta', 'note');
    const spans = [...document.spans, { id: 'T2', start: 1, end: 2, label: 'X', source: 'human' } as const];
    expect(formatBrat({ ...document, spans })).toBe('T1\tX 0 1\ta\nT2\tX 1 2\tb\n');
  });

  test('may or may not count a byte order mark, as its words show', () => {
    const counted = parseBrat('\uFEFFgout', 'T1\tX 1 5\tgout\n', 'note');
    const uncounted = parseBrat('\uFEFFgout', 'T1\tX 0 4\tgout\n', 'note');
    expect([counted.spans[0]?.start, uncounted.spans[0]?.start]).toEqual([0, 0]);
    expect(formatBrat(counted)).toBe('T1\tX 1 5\tgout\n');
  });

  test.each([
    ['T1\tDisease 0 99\tx', 'not a range of the text'],
    ['T1\tDisease 5 5\t', 'not a range of the text'],
    ['T1\tDisease 0 4\tzzzz', 'different words'],
    ['T1\tDisease 0 5;3 8\tx', 'must not overlap'],
    ['T1\tDisease\tx', 'needs a label and offsets'],
    ['E1\tDisease', 'trigger'],
    ['R1\tcauses Arg1:T1', 'two arguments'],
    ['R1\tcauses Arg1:T1 Arg2:T2', 'There is no T1'],
    ['R1\tcauses Arg1:T1 Arg2:T2 Arg3:T3', 'two arguments'],
    ['A1\tNegated', 'target'],
    ['T1\tX 0 1\ta\nT1\tX 0 1\ta', 'used twice'],
  ])('%j is rejected with its line', (line, reason) => {
    const error = failure(() =>
      parseBrat(text, `#1\tNote T9\tkept\n${line}\n`, 'note', { file: 'note.ann' }),
    );
    expect(error.message).toContain(reason);
    expect(error.place).toEqual({ file: 'note.ann', line: line.includes('\n') ? 3 : 2 });
    expect(error.nextStep).not.toBe(undefined);
  });
});
