import { describe, expect, test } from 'vitest';
import { bioToDocument } from '../../../src/corpus/bio/document.ts';
import { parseBio } from '../../../src/corpus/bio/file.ts';
import type { Document } from '../../../src/corpus/document.ts';
import { formatJsonl, parseJsonl } from '../../../src/corpus/jsonl.ts';
import { failure } from './failure.ts';

function readOne(record: object): Document | undefined {
  return parseJsonl(JSON.stringify(record))[0];
}

/** Text, label and ID of each span. */
function spansOf(document: Document | undefined): readonly string[] {
  return (
    document?.spans.map(({ start, end, label, id }) => `${document.text.slice(start, end)} ${label} ${id}`) ??
    []
  );
}

const text = '\u{1F48A} aspirin for gout';

describe('JSON lines', () => {
  test('count code points on disk and UTF-16 units inside', () => {
    const document = readOne({ id: 'a', text, spans: [{ start: 2, end: 9, label: 'Chemical' }] });
    expect(document?.spans).toEqual([{ id: 'T1', start: 3, end: 10, label: 'Chemical', source: 'human' }]);
    expect(formatJsonl(document === undefined ? [] : [document])).toBe(
      `{"id":"a","text":"${text}","spans":[{"start":2,"end":9,"id":"T1","label":"Chemical","source":"human"}],"relations":[],"meta":{}}\n`,
    );
  });

  test('keep everything in a document', () => {
    const document: Document = {
      id: 'a',
      text,
      spans: [
        {
          id: 's1',
          start: 3,
          end: 19,
          label: 'X',
          source: 'llm',
          score: 0.5,
          fragments: [
            { start: 3, end: 10 },
            { start: 15, end: 19 },
          ],
        },
        { id: 's2', start: 15, end: 19, label: 'Disease', source: 'human' },
      ],
      relations: [{ id: 'R1', head: 's1', tail: 's2', label: 'treats', source: 'model', score: 1 }],
      attributes: [{ id: 'A1', target: 's2', name: 'Negated' }],
      tokens: [
        { start: 0, end: 2 },
        { start: 3, end: 10 },
      ],
      sentences: [{ start: 0, end: 19 }],
      meta: { style: 'note', seeds: ['aspirin'] },
    };
    expect(parseJsonl(formatJsonl([document]))).toEqual([document]);
  });

  test('of a BIO file list the tokens only if one contains a space', () => {
    for (const [source, listed] of [
      ['a\tB-X\n\nb\tO\n\n-DOCSTART-\tO\n\nc\tO\n', false],
      ['New York\tB-X\n', true],
    ] as const) {
      const document = bioToDocument(parseBio(source), 'x');
      const line = formatJsonl([document]);
      expect(line.includes('"tokens"')).toBe(listed);
      expect(parseJsonl(line)[0]).toMatchObject({ tokens: document.tokens, sentences: document.sentences });
    }
  });

  test('skip empty lines, accept a byte order mark and CRLF, and name records without ID by file and line', () => {
    const documents = parseJsonl('\uFEFF\r\n{"text":"a"}\r\n\r\n{"text":"b","id":7}', {
      file: 'notes/ward.jsonl',
    });
    expect(documents.map(({ id }) => id)).toEqual(['ward:2', '7']);
  });

  test('of Prodigy are read without rejected tasks, with additional fields in meta', () => {
    const task = {
      text,
      _task_hash: 5,
      tokens: [{ text: 'aspirin', start: 2, end: 9, id: 0 }],
      spans: [
        { start: 2, end: 9, label: 'Chemical', token_start: 0, token_end: 0 },
        { start: 14, end: 18, label: 'Disease' },
      ],
      relations: [
        {
          head: 0,
          child: 1,
          head_span: { start: 2, end: 9, label: 'Chemical' },
          child_span: { start: 14, end: 18, label: 'Disease' },
          label: 'treats',
        },
      ],
      answer: 'accept',
    };
    const document = readOne(task);
    expect(spansOf(document)).toEqual(['aspirin Chemical T1', 'gout Disease T2']);
    expect(document?.relations).toMatchObject([{ head: 'T1', tail: 'T2', label: 'treats' }]);
    expect(document?.meta).toEqual({ _task_hash: 5 });
    expect(document?.tokens).toEqual([{ start: 3, end: 10 }]);
    expect(readOne({ ...task, answer: 'reject' })).toBe(undefined);
  });

  test.each([
    { text, label: [[2, 9, 'Chemical']] },
    { text, labels: [[2, 9, 'Chemical']] },
    { text, entities: [[2, 9, 'Chemical']] },
    { data: text, label: [[2, 9, 'Chemical']] },
    { text, entities: [{ start_offset: 2, end_offset: 9, label: 'Chemical' }] },
  ])('of doccano and spaCy are read: %j', (record) => {
    expect(spansOf(readOne(record))).toEqual(['aspirin Chemical T1']);
  });

  test('of doccano with relations keep the IDs', () => {
    const document = readOne({
      text,
      entities: [
        { id: 31, start_offset: 2, end_offset: 9, label: 'Chemical' },
        { id: 30, start_offset: 14, end_offset: 18, label: 'Disease' },
      ],
      relations: [{ id: 4, from_id: 31, to_id: 30, type: 'treats' }],
    });
    expect(document?.relations).toEqual([
      { id: '4', head: '31', tail: '30', label: 'treats', source: 'human' },
    ]);
  });

  test('accept indices for the ends of a relation', () => {
    const spans = [
      { start: 2, end: 9, label: 'Chemical' },
      { start: 14, end: 18, label: 'Disease' },
    ];
    const document = readOne({ text, spans, relations: [{ head: 1, tail: 0, label: 'by' }] });
    expect(document?.relations).toMatchObject([{ head: 'T2', tail: 'T1' }]);
  });

  test('may have scores at both ends of the range, or none', () => {
    const scores = [0, 1, null, undefined];
    const document = readOne({
      text: 'ab',
      spans: scores.map((score) => ({ start: 0, end: 1, label: 'X', score })),
    });
    expect(document?.spans.map((span) => span.score)).toEqual([0, 1, undefined, undefined]);
    expect(document?.spans[2]).not.toHaveProperty('score');
  });

  test('give relations free IDs where theirs is missing or taken', () => {
    const spans = ['a', 'b'].map((id, start) => ({ id, start, end: start + 1, label: 'X' }));
    const ends = { head: 'a', tail: 'b' };
    const document = readOne({
      text: 'ab',
      spans,
      relations: [{ id: 'own', ...ends }, { id: 'own', ...ends }, ends, { id: 'R9', ...ends }],
    });
    const ids = document?.relations.map(({ id }) => id) ?? [];
    expect([ids[0], ids[3]]).toEqual(['own', 'R9']);
    expect(new Set(ids).size).toBe(4);
  });

  test('have an ID from the name of their file, without its folder and extension', () => {
    const idOf = (file: string) => parseJsonl('{"text":"x"}', { file })[0]?.id;
    expect(idOf('a.b/notes.v2.jsonl')).toBe('notes.v2:1');
    expect(idOf('C:\\ward\\notes.jsonl')).toBe('notes:1');
  });

  test('keep a label without a range as meta', () => {
    expect(readOne({ text, label: '1' })?.meta).toEqual({ label: '1' });
    expect(readOne({ text, label: ['good'] })?.meta).toEqual({ label: ['good'] });
  });

  test.each([
    ['{"text":', 'not valid JSON'],
    ['[]', 'not a JSON object'],
    ['{"id":"a"}', 'no "text"'],
    ['{"text":"ab","spans":[{"start":0,"end":3,"label":"X"}]}', 'outside the text (2 code points)'],
    ['{"text":"ab","spans":[{"start":1,"end":1,"label":"X"}]}', 'no character'],
    ['{"text":"ab","spans":[{"start":0,"label":"X"}]}', 'no "start" or "end"'],
    ['{"text":"ab","spans":[{"start":0,"end":1}]}', 'no label'],
    ['{"text":"ab","spans":[[0,1]]}', 'no label'],
    ['{"text":"ab","spans":{}}', 'not a list'],
    ['{"text":"ab","spans":[{"start":0,"end":1,"label":"X","score":1.01}]}', 'score'],
    ['{"text":"ab","spans":[{"start":0,"end":1,"label":"X","score":-0.01}]}', 'score'],
    ['{"text":"ab","spans":[{"start":0,"end":1,"label":"X","score":"0.5"}]}', 'score'],
    ['{"text":"ab","relations":["T1"]}', 'a relation is not a JSON object'],
    ['{"text":"ab","relations":[{"head":"T1","tail":"T2","label":"x"}]}', 'does not exist'],
  ])('such as %j are rejected with file, line and next step', (line, reason) => {
    const error = failure(() => parseJsonl(`{"text":"fine"}\n${line}\n`, { file: 'a.jsonl' }));
    expect(error.message).toContain(reason);
    expect(error.place).toEqual({ file: 'a.jsonl', line: 2 });
    expect(error.nextStep).not.toBe(undefined);
  });

  test('of a part of a stream count lines from the given one', () => {
    const error = failure(() => parseJsonl('{', { file: 'standard input', firstLine: 41 }));
    expect(error.place?.line).toBe(41);
  });
});
