import { describe, expect, test } from 'vitest';
import { checkText } from '../../../src/corpus/check/checkText.ts';
import { formatDocuments } from '../../../src/corpus/formatDocuments.ts';
import { formatJsonl, parseJsonl } from '../../../src/corpus/jsonl.ts';
import { parseRelationRows } from '../../../src/corpus/relationRows.ts';
import { failure } from './failure.ts';

const gout = { style: 'note', seeds: ['gout'], text: '\u{1F48A} <Disease>gout</Disease>, p < 0.05.' };
const pair = { text: 'The <Gene>ACE</Gene> gene and <Disease>stroke</Disease>.', label: 1 };

function jsonl(...records: readonly object[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}

describe('JSON lines whose text has inline tags', () => {
  test('give the text without tags, the spans, and everything else in the record', () => {
    expect(parseJsonl(jsonl(gout), { file: 'notes.jsonl' })).toEqual([
      {
        id: 'notes:1',
        text: '\u{1F48A} gout, p < 0.05.',
        spans: [{ id: 'T1', start: 3, end: 7, label: 'Disease', source: 'human' }],
        relations: [],
        attributes: [],
        meta: { style: 'note', seeds: ['gout'] },
      },
    ]);
  });

  test('have a source that says who tagged them', () => {
    expect(parseJsonl(jsonl({ ...gout, source: 'llm' }))[0]?.spans[0]?.source).toBe('llm');
  });

  test('are read if "<" is written as \\u003c or "/" as \\/', () => {
    for (const written of [
      jsonl(gout).replaceAll('</', String.raw`<\/`),
      jsonl(gout).replaceAll('<', String.raw`\u003c`),
    ]) {
      expect(parseJsonl(written)).toEqual(parseJsonl(jsonl(gout)));
    }
  });

  test('decode character references, also in sentences without a mention', () => {
    const [, second] = parseJsonl(jsonl(gout, { text: 'A &lt; B' }));
    expect(second).toMatchObject({ text: 'A < B', spans: [] });
  });

  test('keep formatting and angle brackets that are not tags', () => {
    const [, second] = parseJsonl(jsonl(gout, { text: 'CO<sub>2</sub> in <NAME>, <b>bold</b>' }));
    expect(second).toMatchObject({ text: 'CO<sub>2</sub> in <NAME>, <b>bold</b>', spans: [] });
  });

  test('are not read if the record has its own spans or the file has no closing tag', () => {
    const own = { text: 'a <Disease>b</Disease> &amp;', spans: [{ start: 0, end: 1, label: 'X' }] };
    expect(parseJsonl(jsonl(gout, own))[1]).toMatchObject({ text: own.text, spans: [{ label: 'X' }] });
    expect(parseJsonl(jsonl({ text: 'for <Disease> &amp;' }))[0]?.text).toBe('for <Disease> &amp;');
  });

  test('have a relation if exactly one pair is tagged', () => {
    const [related, none, three] = parseJsonl(
      jsonl(pair, { ...pair, label: 0 }, { text: `${pair.text} <Gene>TNF</Gene>`, label: 1 }),
    );
    expect(related?.relations).toEqual([{ id: 'R1', head: 'T1', tail: 'T2', label: '1', source: 'human' }]);
    expect(related?.meta).toEqual({ label: 1 });
    expect(none).toMatchObject({ spans: [{ label: 'Gene' }, { label: 'Disease' }], relations: [] });
    expect(three?.relations).toEqual([]);
    const [, noMention, one, noLabel] = parseJsonl(
      jsonl(pair, { text: 'Stroke.', label: 1 }, { text: gout.text, label: 1 }, { text: pair.text }),
    );
    expect(noMention?.relations).toEqual([]);
    expect(one?.relations).toEqual([]);
    expect(noLabel?.relations).toEqual([]);
  });

  test.each([
    ['not closed', 'a <Disease>cold'],
    ['closed by another', 'a <Disease>cold</Chemical>, <Chemical>x</Chemical>'],
    ['nested', 'a <Disease>cold <Chemical>x</Chemical></Disease>'],
    ['closed only', 'a cold</Disease>'],
    ['empty', 'a <Disease> </Disease>'],
  ])('are rejected with file, line and next step if a tag is %s', (_case, text) => {
    const source = jsonl(gout, { text });
    const error = failure(() => parseJsonl(source, { file: 'notes.jsonl' }));
    expect(error.message).toMatch(/^This record cannot be read: .*tag/u);
    expect(error.place).toEqual({ file: 'notes.jsonl', line: 2 });
    expect(error.nextStep).toContain('<Disease>gout</Disease>');
    expect(checkText(source, 'notes.jsonl')).toMatchObject([{ code: 'broken-record', line: 2 }]);
  });

  test('are checked against the labels of the project', () => {
    expect(checkText(jsonl(gout), 'a.jsonl', { labels: ['Disease'] })).toEqual([]);
    expect(checkText(jsonl(gout), 'a.jsonl', { labels: ['Drug'] })).toMatchObject([
      { code: 'unknown-label' },
    ]);
  });

  test('are converted to other formats', () => {
    const documents = parseJsonl(jsonl(gout, pair), { file: 'notes.jsonl' });
    expect(formatDocuments(documents, 'bio').files[0]?.content).toContain('gout\tB-Disease\n');
    expect(parseJsonl(formatJsonl(documents))).toEqual(documents);
  });
});

describe('relation rows with a tagged pair', () => {
  test('are masked by type', () => {
    expect(parseRelationRows(jsonl(pair, { text: '@GENE$ in @DISEASE$', label: 0 }))).toEqual([
      { text: 'The @GENE$ gene and @DISEASE$.', label: '1' },
      { text: '@GENE$ in @DISEASE$', label: '0' },
    ]);
  });

  test.each([
    ['one mention', '<Gene>ACE</Gene> and stroke'],
    ['three mentions', `${pair.text} <Gene>TNF</Gene>`],
    ['a tag that is not closed', '<Gene>ACE and <Disease>stroke</Disease>'],
  ])('are rejected with file and line if they have %s', (_case, text) => {
    const error = failure(() => parseRelationRows(jsonl(pair, { text, label: 1 }), { file: 'gad.jsonl' }));
    expect(error.message).toMatch(/tag/u);
    expect(error.place).toEqual({ file: 'gad.jsonl', line: 2 });
  });
});
