import { describe, expect, test } from 'vitest';
import { checkText } from '../../../src/corpus/check/checkText.ts';
import { mentionText } from '../../../src/corpus/document.ts';
import { parseJsonl } from '../../../src/corpus/jsonl.ts';
import { failure } from './failure.ts';

const source = (...records: readonly object[]): string =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');

const mentions = (...records: readonly object[]): readonly string[] =>
  parseJsonl(source(...records)).flatMap(({ text, spans }) =>
    spans.map((span) => `${span.label}: ${mentionText(text, span)}`),
  );

const codes = (...records: readonly object[]): readonly string[] =>
  checkText(source(...records), 'a.jsonl').map(({ line, code }) => `${line} ${code}`);

const text = 'Gout after aspirin.';

describe('the spans of a record', () => {
  test.each([
    ['spaCy', { ents: [{ start: 0, end: 4, label: 'D' }] }],
    ['spaCy training data', { entities: [[0, 4, 'D']] }],
    ['doccano', { label: [[0, 4, 'D']] }],
    ['doccano, the older form', { annotations: [{ label: 'D', start_offset: 0, end_offset: 4, user: 1 }] }],
    [
      'doccano, with relations',
      { entities: [{ id: 3, label: 'D', start_offset: 0, end_offset: 4 }], relations: [] },
    ],
    [
      'Prodigy, with token offsets only',
      {
        tokens: [
          { text: 'Gout', start: 0, end: 4, id: 0 },
          { text: 'after', start: 5, end: 10, id: 1 },
        ],
        spans: [{ token_start: 0, token_end: 0, label: 'D' }],
      },
    ],
  ])('of %s are read', (_, fields) => {
    expect(mentions({ text, ...fields })).toEqual(['D: Gout']);
  });

  test('with numbers for labels have these as labels', () => {
    const annotations = [{ label: 7, start_offset: 0, end_offset: 4 }];
    expect(mentions({ text, annotations })).toEqual(['7: Gout']);
  });

  test.each([
    ['unknown', { mentions: [{ start: 0, end: 4, label: 'D' }] }],
    ['of a pipeline', { predictions: [{ entity_group: 'D', start: 0, end: 4, word: 'Gout', score: 0.9 }] }],
    ['with other names for the offsets', { tags: [{ begin: 0, end: 4, type: 'D' }] }],
    ['in triples', { ner: [[0, 4, 'D']] }],
  ])('are not dropped if their field is %s', (_, fields) => {
    expect(failure(() => mentions({ text, ...fields })).message).toContain(
      `"${Object.keys(fields)[0]}" holds`,
    );
  });

  test('may not be in two fields', () => {
    const spans = [{ start: 0, end: 4, label: 'D' }];
    const triples = [[0, 4, 'D']];
    expect(failure(() => mentions({ text, spans, label: triples })).message).toContain(
      'several lists of spans',
    );
    expect(mentions({ text, spans, entities: [] })).toEqual(['D: Gout']);
  });

  test('with token offsets need the tokens', () => {
    const spans = [{ token_start: 0, token_end: 0, label: 'D' }];
    expect(failure(() => mentions({ text, spans })).message).toContain('token offsets only');
  });

  test('without labels, in another field, are reported', () => {
    expect(codes({ text, paragraphs: [{ start: 0, end: 4 }] })).toEqual(['1 unknown-field']);
    expect(codes({ text, history: [{ at: 3 }], scores: [1, 2, 3] })).toEqual([]);
  });

  test('are moved to the words that they quote', () => {
    const emoji = '🙂 Gout now.';
    expect(mentions({ text: emoji, spans: [{ start: 3, end: 7, label: 'D', text: 'Gout' }] })).toEqual([
      'D: Gout',
    ]);
    expect(codes({ text: emoji, spans: [{ start: 3, end: 7, label: 'D', text: 'Gout' }] })).toEqual([
      '1 moved',
    ]);
  });
});

describe('answers', () => {
  const gout = { start: 0, end: 4, label: 'D' };
  const aspirin = { start: 11, end: 18, label: 'C' };

  test('that reject or ignore a span or a record leave it out, and say so', () => {
    const record = { text, spans: [gout, { ...aspirin, answer: 'reject' }], answer: 'accept' };
    expect(mentions(record)).toEqual(['D: Gout']);
    expect(codes(record, { text: 'No flu.', answer: 'ignore' })).toEqual([
      '1 not-accepted',
      '2 not-accepted',
    ]);
  });

  test('about one text are one document', () => {
    const records = [
      { text, _input_hash: 5, spans: [gout], answer: 'accept' },
      { text, _input_hash: 5, spans: [aspirin, gout], answer: 'accept' },
    ];
    expect(parseJsonl(source(...records))).toHaveLength(1);
    expect(mentions(...records)).toEqual(['D: Gout', 'C: aspirin']);
    expect(codes(...records)).toEqual(['2 same-text']);
  });

  test('of two annotators, or of records without a hash, stay apart and are reported if they differ', () => {
    const apart = [
      { text, _input_hash: 5, _session_id: 'a', spans: [gout] },
      { text, _input_hash: 5, _session_id: 'b', spans: [aspirin] },
    ];
    expect(parseJsonl(source(...apart))).toHaveLength(2);
    expect(codes(...apart)).toEqual(['2 same-text']);
    expect(codes({ text, spans: [gout] }, { text, spans: [gout] })).toEqual([]);
  });
});
