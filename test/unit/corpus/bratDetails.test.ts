import { describe, expect, test } from 'vitest';
import { parseBratLine } from '../../../src/corpus/brat/line.ts';
import { parseBrat } from '../../../src/corpus/brat/read.ts';
import { formatBrat } from '../../../src/corpus/brat/write.ts';
import { checkText } from '../../../src/corpus/check/checkText.ts';
import { type Document, mentionText } from '../../../src/corpus/document.ts';
import { formatJsonl, parseJsonl } from '../../../src/corpus/jsonl.ts';

const mentions = ({ text, spans }: Document): readonly string[] =>
  spans.map((span) => mentionText(text, span));

describe('offsets that count Windows line ends as one character', () => {
  const text = 'On iron.\r\nHas gout.\r\nGout again.\r\n';
  const annotations = 'T1\tC 3 7\tiron\nT2\tD 13 17\tgout\nT3\tD 19 23\tGout\n#1\tNote T2\tx\n';

  test('are corrected by the words of the lines, and the file is written with the right ones', () => {
    const document = parseBrat(text, annotations, 'note');
    expect(mentions(document)).toEqual(['iron', 'gout', 'Gout']);
    expect(formatBrat(document)).toBe(
      'T1\tC 3 7\tiron\nT2\tD 14 18\tgout\nT3\tD 21 25\tGout\n#1\tNote T2\tx\n',
    );
  });

  test('are reported for each mention that moved', () => {
    expect(checkText(annotations, 'a.ann', { text }).map(({ line, code }) => `${line} ${code}`)).toEqual([
      '2 moved',
      '3 moved',
    ]);
  });

  test('are an error where the text does not have the words', () => {
    expect(() => parseBrat(text, annotations.replace('gout', 'fever'), 'note')).toThrow('different words');
  });
});

describe('the arguments of a relation', () => {
  test.each([
    ['Arg1:T1 Arg2:T2', 'T1', 'T2'],
    ['Arg2:T2 Arg1:T1', 'T1', 'T2'],
    ['Tail:T2 Head:T1', 'T1', 'T2'],
    ['Object:T2 Subject:T1', 'T1', 'T2'],
    // Names that say nothing about the direction.
    ['Cause:T2 Effect:T1', 'T2', 'T1'],
    ['Arg10:T2 Arg9:T1', 'T1', 'T2'],
  ])('%s join %s to %s', (args, head, tail) => {
    expect(parseBratLine(`R1\tcauses ${args}\t`)).toMatchObject({ kind: 'relation', head, tail });
  });

  test('keep their names when the relation is written with another type', () => {
    const annotations = 'T1\tX 0 1\ta\nT2\tX 1 2\tb\nR1\tr Object:T2 Subject:T1\nR2\tr Arg2:T2 Arg1:T1\n';
    const document = parseBrat('ab', annotations, 'note');
    expect(formatBrat(document)).toBe(annotations);
    const relations = document.relations.map((relation) => ({ ...relation, label: 's' }));
    expect(formatBrat({ ...document, relations })).toBe(
      'T1\tX 0 1\ta\nT2\tX 1 2\tb\nR1\ts Subject:T1 Object:T2\t\nR2\ts Arg1:T1 Arg2:T2\t\n',
    );
  });
});

describe('a mention over a line end', () => {
  const text = 'Has lung \n cancer now.';

  test('is one mention although brat writes it in parts, and stays as it was written', () => {
    for (const line of ['T1\tD 4 8;11 17\tlung cancer\n', 'T1\tD 4 17\tlung   cancer\n']) {
      const document = parseBrat(text, line, 'note');
      expect(document.spans[0]).toEqual({ id: 'T1', start: 4, end: 17, label: 'D', source: 'human' });
      expect(formatBrat(document)).toBe(line);
    }
  });

  test('is written in parts, joined by a space in its words', () => {
    const span = { id: 'T1', start: 4, end: 17, label: 'D', source: 'human' } as const;
    expect(formatBrat({ ...parseBrat(text, '', 'note'), spans: [span] })).toBe(
      'T1\tD 4 8;11 17\tlung cancer\n',
    );
  });

  test('stays discontinuous if there are words between its parts', () => {
    const document = parseBrat('lung and liver cancer', 'T1\tD 0 4;15 21\tlung cancer\n', 'note');
    expect(document.spans[0]?.fragments).toHaveLength(2);
  });
});

test('IDs that brat would not give are kept in a file that has them', () => {
  const annotations = 'Tx\tX 0 1\ta\nT2\tX 1 2\tb\nRR1\tr Arg1:Tx Arg2:T2\nAlpha\tNegated Tx\n';
  expect(formatBrat(parseBrat('ab', annotations, 'note'))).toBe(annotations);
});

describe('words with a tab', () => {
  const text = 'BP\thigh now';

  test('are read and written as they are', () => {
    const line = 'T1\tSign 0 7\tBP\thigh\n';
    const document = parseBrat(text, line, 'note');
    expect(mentions(document)).toEqual(['BP\thigh']);
    expect(formatBrat({ ...document, standoff: undefined as never })).toBe(line);
  });
});

describe('an event', () => {
  test('of another type than its trigger, or about something that does not exist, is reported', () => {
    const annotations = 'T1\tX 0 1\ta\nE1\tY:T1 Theme:T9\n';
    expect(
      checkText(annotations, 'a.ann', { text: 'ab' }).map(({ line, code }) => `${line} ${code}`),
    ).toEqual(['2 missing-target', '2 event-type']);
  });
});

describe('mentions that are annotated twice', () => {
  test('are reported', () => {
    const annotations = 'T1\tX 0 1\ta\nT2\tX 0 1\ta\nT3\tY 0 1\ta\n';
    expect(
      checkText(annotations, 'a.ann', { text: 'ab' }).map(({ line, code }) => `${line} ${code}`),
    ).toEqual(['2 duplicate-mention']);
  });
});

describe('what JSON lines have no field for', () => {
  const annotations = [
    'T1\tDisease 0 4\tGout',
    'T2\tChemical 9 13\tiron',
    'E1\tDisease:T1 Cause:T2',
    'A1\tNegated T1',
    'R1\tcauses Arg1:T2 Arg2:T1\t',
    '#1\tAnnotatorNotes T1\tcheck',
    '#2\tAnnotatorNotes R1\tcheck',
    'N1\tReference T2 MeSH:D7501\tiron',
    '*\tSame T1 T2',
    '',
  ].join('\n');
  const document = parseBrat('Gout and iron.', annotations, 'note');
  const [back = document] = parseJsonl(formatJsonl([document]));

  test('goes into the record, and from there back into a brat file', () => {
    const lines = formatBrat(back).trimEnd().split('\n');
    expect(lines.toSorted()).toEqual(annotations.trimEnd().split('\n').toSorted());
  });

  test('is left out with what it is about', () => {
    const spans = back.spans.filter(({ id }) => id !== 'T1');
    expect(formatBrat({ ...back, spans })).toBe(
      'T2\tChemical 9 13\tiron\nN1\tReference T2 MeSH:D7501\tiron\n',
    );
  });
});
