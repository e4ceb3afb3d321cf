import { describe, expect, it } from 'vitest';
import type { Document } from '../../../../src/corpus/document.ts';
import { looksLikeJson, parseJson, readForeign } from '../../../../src/corpus/formats/jsonTools/read.ts';
import { jsonRecords } from '../../../../src/corpus/formats/json/records.ts';
import { parseRecord } from '../../../../src/corpus/jsonl/record.ts';
import { readingNotes } from '../../../../src/corpus/readingNotes.ts';
import { failure } from '../failure.ts';
import { ordinary } from './ordinary.ts';
import { attributesOf, mentionsOf, reading, relationsOf } from './reading.ts';

function read(
  source: unknown,
  tagNames?: readonly string[],
): { readonly documents: readonly Document[]; readonly reports: ReturnType<typeof reading>['reports'] } {
  const context = reading();
  const text = typeof source === 'string' ? source : JSON.stringify(source);
  const documents = parseJson(text, context, {
    tagNames,
    readOwn: ({ record }, id) => parseRecord(record, id),
  });
  return { documents, reports: context.reports };
}

function readOne(record: unknown, tagNames?: readonly string[]): Document {
  const { documents } = read([record], tagNames);
  const [document] = documents;
  if (document === undefined || documents.length > 1) throw new Error(`${documents.length} documents`);
  return document;
}

describe('the records of a JSON file', () => {
  const record = { text: 'Gout.', spans: [{ start: 0, end: 4, label: 'Disease' }] };
  const example = ['Gout.', { entities: [[0, 4, 'Disease']] }];

  it.each([
    ['an array', [record]],
    ['one record', record],
    ['one record over several lines', JSON.stringify(record, undefined, 2)],
    ['JSON lines', `\uFEFF${JSON.stringify(record)}\r\n`],
    ['an object around an array', { documents: [record] }],
    ['an object with more around an array', { version: 2, data: [record] }],
    ['one example', example],
    ['an array of examples', [example]],
    ['examples beside their classes', { classes: ['Disease'], annotations: [[...example, null], null] }],
  ])('are found in %s', (_, source) => {
    const text = typeof source === 'string' ? source : JSON.stringify(source);
    expect(looksLikeJson(text)).toBe(true);
    const records = jsonRecords(text, { file: 'x' }).filter((item) => item.record !== null);
    const context = reading();
    const documents = records.map((item) =>
      parseJson(JSON.stringify(item.record), context, { readOwn: (own) => parseRecord(own.record, 'x') }),
    );
    expect(documents.flat().map(mentionsOf)).toEqual([['Gout:Disease']]);
  });

  it('have the lines at which they begin', () => {
    const array = '[\n  {"text": "a [{\\"\\\\"},\n\n  {"text":\n "b"}\n]\n';
    expect(jsonRecords(array, { file: 'x' }).map(({ line }) => line)).toEqual([2, 4]);
    const wrapped = '{"n": [1, {"data": 2}],\n"data":\n[{"text": "a"},\n{"text": "b"}]}';
    expect(jsonRecords(wrapped, { file: 'x' }).map(({ line }) => line)).toEqual([3, 4]);
    expect(jsonRecords('{"text":"a"}\n\n{"text":"b"}', { file: 'x' }).map(({ line }) => line)).toEqual([
      1, 3,
    ]);
  });

  it.each([
    ['a file that is cut off', '[{"text": "a"},\n{"text": "b'],
    ['a missing comma', '[{"text": "a"}\n{"text": "b"}]'],
    ['a broken line', '{"text": "a"}\n{"text" "b"}'],
  ])('are refused with the line in %s', (_, source) => {
    expect(failure(() => jsonRecords(source, { file: 'x' })).place).toEqual({ file: 'x', line: 2 });
  });

  it.each(Object.entries(ordinary).filter(([name]) => !name.includes('JSON')))('are not in %s', (_, text) => {
    expect(looksLikeJson(text)).toBe(false);
  });

  it('get IDs of their own or of the file', () => {
    const { documents } = read([record, { ...record, id: 7 }, { ...record, id: 7 }]);
    expect(documents.map(({ id }) => id)).toEqual(['note-1', '7', '7-2']);
  });
});

describe('Label Studio', () => {
  const region = (id: string, start: number, end: number, text: string, label: string): object => ({
    id,
    from_name: 'ner',
    to_name: 'body',
    type: 'labels',
    value: { start, end, text, labels: [label] },
  });
  const results = [
    region('p', 3, 7, 'Gout', 'Disease'),
    region('q', 14, 21, 'aspirin', 'Chemical'),
    { from_id: 'q', to_id: 'p', type: 'relation', direction: 'left', labels: ['worsens'] },
    { id: 'p', from_name: 'sure', type: 'choices', value: { start: 3, end: 7, choices: ['yes'] } },
    { id: 'z', from_name: 'kind', type: 'choices', value: { choices: ['letter'] } },
  ];
  const data = { title: 'A longer title than the text that is annotated', body: '😀 Gout after aspirin.' };

  it('gives regions, relations and choices of a task, with offsets as a browser counts', () => {
    const { documents, reports } = read([{ id: 4, data, annotations: [{ result: results }] }]);
    const [document] = documents;
    expect(document).toMatchObject({
      id: '4',
      text: data.body,
      meta: { title: data.title, kind: ['letter'] },
    });
    expect(document && mentionsOf(document)).toEqual(['Gout:Disease', 'aspirin:Chemical']);
    expect(document && relationsOf(document)).toEqual(['Gout>aspirin:worsens']);
    expect(document && attributesOf(document)).toEqual(['Gout sure=yes']);
    expect(reports).toEqual([]);
  });

  it('gives one mention for each label of a region', () => {
    const value = { start: 0, end: 4, text: 'Gout', labels: ['Disease', 'Problem'] };
    const task = { data: { text: 'Gout' }, annotations: [{ result: [{ id: 'a', type: 'labels', value }] }] };
    expect(mentionsOf(readOne(task))).toEqual(['Gout:Disease', 'Gout:Problem']);
  });

  it('takes one annotator and says what it leaves out', () => {
    const other = [region('a', 3, 7, 'Gout', 'Other')];
    const task = {
      data,
      annotations: [
        { was_cancelled: true, result: other },
        { result: results.slice(0, 1) },
        { result: other },
      ],
      predictions: [{ result: other }],
    };
    const { documents, reports } = read([task, task]);
    expect(documents.map(mentionsOf)).toEqual([['Gout:Disease'], ['Gout:Disease']]);
    expect(reports.map(({ message }) => message)).toEqual([
      'Left out: 2 cancelled annotations.',
      'Left out: 2 further annotations of a text.',
      'Left out: 2 predictions.',
    ]);
  });

  it('takes a prediction if nobody annotated the text', () => {
    const result = [{ ...region('a', 3, 7, 'Gout', 'Disease'), score: 0.5 }];
    const { spans } = readOne({ data, annotations: [], predictions: [{ result }] });
    expect(spans).toMatchObject([{ source: 'model', score: 0.5 }]);
  });

  it('finds regions whose offsets count code points', () => {
    const context = reading();
    const task = { data, annotations: [{ result: [region('a', 2, 6, 'Gout', 'Disease')] }] };
    const [document] = parseJson(JSON.stringify([task]), context, { readOwn: () => undefined });
    expect(document && mentionsOf(document)).toEqual(['Gout:Disease']);
    expect(context.reports).toMatchObject([{ code: 'moved' }]);
  });

  it('says that images and other results are left out', () => {
    const task = {
      data: { text: 'Gout' },
      annotations: [
        { result: [{ id: 'r', type: 'rectanglelabels', value: { x: 1, y: 2, rectanglelabels: ['X'] } }] },
      ],
    };
    const { reports } = read([task]);
    expect(reports.map(({ message }) => message)).toEqual([
      'Left out: 1 result of the type rectanglelabels.',
    ]);
  });

  it('gives the regions of JSON-MIN, whatever the list is called', () => {
    const found = [{ start: 0, end: 4, text: 'Gout', labels: ['Disease'] }];
    const record = { id: 2, note: 'Gout after aspirin.', ner: found, sentiment: 'bad', annotator: 1 };
    const document = readOne(record);
    expect(mentionsOf(document)).toEqual(['Gout:Disease']);
    expect(document.meta).toEqual({ sentiment: 'bad', annotator: 1 });
  });

  it('refuses a task without a text', () => {
    const task = { data: { image: 3 }, annotations: [{ result: results }] };
    expect(failure(() => read([task])).message).toContain('has no text');
  });
});

describe('doccano', () => {
  it('gives annotations with labels, and says that their names are missing', () => {
    const annotations = [
      { label: 7, start_offset: 0, end_offset: 4, user: 1 },
      { label: 'Chemical', start_offset: 11, end_offset: 18 },
    ];
    const { documents, reports } = read([
      { id: 15, text: 'Gout after aspirin.', annotations, meta: { a: 1 } },
    ]);
    expect(documents.map(mentionsOf)).toEqual([['Gout:7', 'aspirin:Chemical']]);
    expect(documents[0]).toMatchObject({ id: '15', meta: { a: 1 } });
    expect(reports.map(({ message }) => message)).toEqual([
      'Left out: 1 name of a label (the file has its number only).',
    ]);
  });
});

describe('spaCy', () => {
  it('gives the entities of a document, its span groups, tokens and concepts', () => {
    const document = readOne({
      text: '😀 Gout flare',
      ents: [{ start: 2, end: 6, label: 'Disease', kb_id: 'D1' }],
      spans: { sc: [{ start: 2, end: 12, label: 'Finding' }] },
      tokens: [
        { id: 0, start: 0, end: 1 },
        { id: 1, start: 2, end: 6 },
      ],
      sents: [{ start: 0, end: 12 }],
      cats: { a: 1 },
    });
    expect(mentionsOf(document)).toEqual(['Gout:Disease', 'Gout flare:Finding']);
    expect(attributesOf(document)).toEqual(['Gout concept=D1']);
    expect(document).toMatchObject({
      tokens: [
        { start: 0, end: 2 },
        { start: 3, end: 7 },
      ],
      sentences: [{ start: 0, end: 13 }],
      meta: { cats: { a: 1 } },
    });
  });

  it('gives examples in their other forms', () => {
    expect(mentionsOf(readOne(['Gout', { entities: [{ start: 0, end: 4, label: 'X' }] }]))).toEqual([
      'Gout:X',
    ]);
    expect(mentionsOf(readOne(['Gout', [[0, 4, 'X']]]))).toEqual(['Gout:X']);
    expect(mentionsOf(readOne(['Gout', { spans: { sc: [[0, 4, 'X']] }, cats: {} }]))).toEqual(['Gout:X']);
  });

  const tokens = [
    { id: 0, orth: 'Gout', ner: 'U-Disease' },
    { id: 1, orth: 'of', ner: 'O' },
    { id: 2, orth: 'big', ner: 'B-Part' },
    { id: 3, orth: 'toe', ner: 'L-Part' },
    { id: 4, orth: '.', ner: '-' },
  ];

  it('gives the tagged tokens of version 2', () => {
    const paragraphs = [
      { raw: 'Gout of  big toe.', sentences: [{ tokens, brackets: [] }] },
      { sentences: [{ tokens }] },
    ];
    const document = readOne({ id: 'd', paragraphs });
    expect(document.text).toBe('Gout of  big toe.\n\nGout of big toe .');
    expect(mentionsOf(document)).toEqual(['Gout:Disease', 'big toe:Part', 'Gout:Disease', 'big toe:Part']);
    expect(document.sentences).toHaveLength(2);
  });

  it('refuses mentions without a label or place', () => {
    expect(failure(() => readOne(['Gout', { entities: [[0, 4]] }])).message).toContain('no label');
    expect(failure(() => readOne(['Gout', { entities: [['a', 4, 'X']] }])).message).toContain('no start');
    expect(failure(() => readOne(['Gout', { entities: [[0, 99, 'X']] }])).message).toContain(
      'no part of the text',
    );
  });
});

describe('Hugging Face', () => {
  const tokens = ['Red', 'rash', 'after', 'iron'];

  it.each([
    ['tags', { tokens, ner_tags: ['B-Sign', 'I-Sign', 'O', 'B-Drug'] }],
    ['plain labels', { words: tokens, labels: ['Sign', 'Sign', 'O', 'Drug'] }],
    ['numbers with names', { tokens, tags: [1, 2, 0, 3], names: ['O', 'B-Sign', 'I-Sign', 'B-Drug'] }],
    [
      'numbers with named numbers',
      { tokens, ner_tags: [1, 2, -100, 3], id2label: { 0: 'O', 1: 'B-Sign', 2: 'I-Sign', 3: 'B-Drug' } },
    ],
  ])('gives mentions by %s', (_, record) => {
    const document = readOne(record);
    expect(mentionsOf(document)).toEqual(['Red rash:Sign', 'iron:Drug']);
    expect(document).toMatchObject({ text: 'Red rash after iron', meta: { pretokenised: true } });
    expect(document.tokens).toHaveLength(4);
  });

  it('takes the names of numbers for a whole file', () => {
    const record = { id: '0', tokens: ['iron'], ner_tags: [1], pos_tags: [4] };
    const { documents, reports } = read([record], ['O', 'B-Drug']);
    expect(documents.map(mentionsOf)).toEqual([['iron:Drug']]);
    expect(documents[0]?.id).toBe('0');
    expect(reports.map(({ message }) => message)).toEqual(['Left out: 1 list "pos_tags".']);
  });

  it('keeps a text that the record has beside its tokens', () => {
    const document = readOne({
      text: 'Red-rash',
      tokens: ['Red', '-', 'rash'],
      ner_tags: ['O', 'O', 'B-Sign'],
    });
    expect(document).toMatchObject({ text: 'Red-rash', meta: {} });
    expect(mentionsOf(document)).toEqual(['rash:Sign']);
  });

  it('joins sentences of one document', () => {
    const sentence = { document_id: 'd', tokens: ['iron'], ner_tags: ['B-Drug'] };
    const { documents } = read([sentence, sentence, { ...sentence, document_id: 'e' }]);
    expect(documents.map(({ id, text }) => [id, text])).toEqual([
      ['d', 'iron\niron'],
      ['e', 'iron'],
    ]);
  });

  it.each([
    ['numbers without names', { tokens, ner_tags: [1, 2, 0, 3] }, 'nothing says what they stand for'],
    ['a number without a name', { tokens, ner_tags: [1, 2, 0, 3], names: ['O'] }, 'has no number 1'],
    ['fewer tags than tokens', { tokens, ner_tags: ['O'] }, 'not as many tags'],
  ])('refuses %s', (_, record, message) => {
    expect(failure(() => readOne(record)).message).toContain(message);
  });
});

describe('GLiNER', () => {
  it('gives mentions by their first and last token, also nested ones', () => {
    const ner = [
      [0, 1, 'symptom'],
      [0, 0, 'colour'],
    ];
    const document = readOne({ tokenized_text: ['Red', 'rash', '.'], ner, negatives: ['drug'] });
    expect(mentionsOf(document)).toEqual(['Red rash:symptom', 'Red:colour']);
    expect(document.meta).toEqual({ negatives: ['drug'], pretokenised: true });
  });

  it('refuses a token that does not exist', () => {
    expect(failure(() => readOne({ tokenized_text: ['a'], ner: [[0, 1, 'x']] })).place).toEqual({
      file: 'note.x',
      line: 1,
    });
  });
});

it('leaves records of its own to the caller', () => {
  const own = {
    text: 'Gout',
    spans: [{ start: 0, end: 4, label: 'Disease' }],
    tokens: [{ start: 0, end: 4 }],
  };
  expect(readForeign({ record: own, line: 1 }, readingNotes(reading()))).toBeUndefined();
  expect(
    readForeign({ record: { text: 'Gout', label: [[0, 4, 'X']] }, line: 1 }, readingNotes(reading())),
  ).toBeUndefined();
});
