import { describe, expect, it } from 'vitest';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { mentionText, plainDocument, type Document } from '../../../src/corpus/document.ts';
import { pretokenised, splitAtSpaces } from '../../../src/corpus/pretokenised.ts';
import { CancelledError } from '../../../src/foundation/userError.ts';
import { loadTokenClassifier } from '../../../src/model/tokenClassifier.ts';
import { writeTinyModel } from './tinyModel.ts';

const iob2 = {
  kind: 'tokens',
  labels: ['O', 'B-Disease', 'I-Disease', 'B-Chemical', 'I-Chemical'],
  tokens: {
    heart: [0, 3, 0, 0, 0],
    failure: [0, 1, 2, 0, 0],
    aspirin: [0, 0, 0, 4, 0],
    gave: [3, 0, 0, 0, 0],
    for: [3, 0, 0, 0, 0],
    '.': [5, 0, 0, 0, 0],
    // Its most likely label, I-Chemical, may not begin a mention.
    acid: [2, 0, 0, 2.5, 3],
    na: [0, 3, 0, 0, 0],
    '##usea': [9, 0, 0, 0, 0],
  },
} as const;

function found(documents: readonly Document[]): string[][] {
  return documents.map(({ text, spans }) => spans.map((span) => `${span.label} ${mentionText(text, span)}`));
}

describe('a token classifier', () => {
  it('finds mentions of several words at their exact place in the text', async () => {
    const classifier = await loadTokenClassifier(await writeTinyModel(iob2));
    const document = plainDocument('note', 'Gave  aspirin 😀 for\u00a0HEART  Failure.');
    const [annotated] = await classifier.annotate([document]);
    expect(annotated?.spans).toMatchObject([
      { id: 'T1', label: 'Chemical', source: 'model', start: 6, end: 13 },
      { id: 'T2', label: 'Disease', source: 'model', start: 21, end: 35 },
    ]);
    expect(found([annotated as Document])).toEqual([['Chemical aspirin', 'Disease HEART  Failure']]);
    await classifier.release();
  });

  it('finds a word with invisible characters inside, and no mention of such characters only', async () => {
    // Nothing else than an unknown token is left of a character that the tokenizer drops.
    const tokens = { ...iob2.tokens, '[UNK]': [0, 0, 0, 9, 0] };
    const classifier = await loadTokenClassifier(await writeTinyModel({ ...iob2, tokens }));
    const document = plainDocument('note', 'gave \ufeffas\u00adpi\u200brin\u200b \u2060 .');
    const [annotated] = await classifier.annotate([document]);
    expect(annotated?.spans).toMatchObject([{ label: 'Chemical', start: 6, end: 15 }]);
    const lines = ['gave', '\u200b', 'heart', '\u00ad', 'failure', '\ufe0f', '\uf0b7'].join(' ');
    const tokenised = { ...plainDocument('lines', lines, pretokenised), ...splitAtSpaces(lines) };
    const [ofTokens] = await classifier.annotate([tokenised]);
    expect(found([ofTokens as Document])).toEqual([['Disease heart \u00ad failure']]);
    expect(found(await classifier.annotate([plainDocument('none', '\u200b\u00ad')]))).toEqual([[]]);
    await classifier.release();
  });

  it.each([
    ['first', 'unsure sure sure'],
    ['middle', 'begin faint sure'],
    ['last', 'begin sure faint'],
  ])('scores a mention by its least sure word, be it the %s one', async (_, text) => {
    const tokens = {
      begin: [0, 9, 0, 0, 0],
      sure: [0, 0, 9, 0, 0],
      faint: [0, 0, 1, 0, 0],
      unsure: [0, 1, 0, 0, 0],
    };
    const classifier = await loadTokenClassifier(await writeTinyModel({ ...iob2, tokens }));
    const [annotated] = await classifier.annotate([plainDocument('note', text)]);
    expect(found([annotated as Document])).toEqual([[`Disease ${text}`]]);
    expect(annotated?.spans[0]?.score).toBeCloseTo(Math.E / (Math.E + 4), 6);
    await classifier.release();
  });

  it('gives no sequence of labels that the scheme forbids', async () => {
    const classifier = await loadTokenClassifier(await writeTinyModel(iob2));
    const [annotated] = await classifier.annotate([plainDocument('note', 'gave acid acid for aspirin')]);
    expect(found([annotated as Document])).toEqual([['Chemical acid acid', 'Chemical aspirin']]);
    await classifier.release();
  });

  it('labels short forms as their definitions, unless told not to', async () => {
    const classifier = await loadTokenClassifier(await writeTinyModel(iob2));
    const document = plainDocument('note', 'For heart failure (HF). HF.');
    expect(found(await classifier.annotate([document]))).toEqual([
      ['Disease heart failure', 'Disease HF', 'Disease HF'],
    ]);
    expect(found(await classifier.annotate([document], { shortForms: false }))).toEqual([
      ['Disease heart failure'],
    ]);
    await classifier.release();
  });

  it('takes no short form from one text of a file of token lines to the next', async () => {
    const classifier = await loadTokenClassifier(await writeTinyModel(iob2));
    const { tokens, sentences } = splitAtSpaces('heart failure ( HF )\nHF\n\nHF');
    const document = {
      ...plainDocument('file', 'heart failure ( HF )\nHF\n\nHF', pretokenised),
      tokens,
      sentences,
    };
    const [annotated] = await classifier.annotate([document]);
    expect(annotated?.spans.map(({ start }) => start)).toEqual([0, 16, 21]);
    await classifier.release();
  });

  it('labels a word by its first token', async () => {
    const classifier = await loadTokenClassifier(await writeTinyModel(iob2));
    expect(found(await classifier.annotate([plainDocument('note', 'gave for nausea')]))).toEqual([
      ['Disease nausea'],
    ]);
    await classifier.release();
  });

  it('keeps the tokens and sentences a document brings, and replaces what was said about it', async () => {
    const classifier = await loadTokenClassifier(await writeTinyModel(iob2));
    const document: Document = {
      ...plainDocument('bio', 'heart failure-aspirin', { page: 1 }),
      tokens: [
        { start: 0, end: 13 },
        { start: 14, end: 21 },
      ],
      sentences: [{ start: 0, end: 21 }],
      spans: [{ id: 'T9', start: 0, end: 5, label: 'Old', source: 'human' }],
      attributes: [{ id: 'A1', target: 'T9', name: 'negated' }],
    };
    const [annotated] = await classifier.annotate([document]);
    expect(annotated).toMatchObject({ id: 'bio', meta: { page: 1 }, relations: [], attributes: [] });
    expect(annotated?.tokens).toBe(document.tokens);
    expect(found([annotated as Document])).toEqual([['Disease heart failure', 'Chemical aspirin']]);
    await classifier.release();
  });

  it('reads a sentence longer than the model in windows, leaving no word out', async () => {
    const classifier = await loadTokenClassifier(await writeTinyModel({ ...iob2, maxPositions: 10 }));
    const text = Array.from({ length: 200 }, (_, i) => (i % 3 === 0 ? 'aspirin' : 'gave')).join(' ');
    const document = { ...plainDocument('long', text), sentences: [{ start: 0, end: text.length }] };
    const [annotated] = await classifier.annotate([document]);
    expect(annotated?.spans).toHaveLength(67);
    await classifier.release();
  });

  it('runs long batches of documents of all lengths in their order', async () => {
    const classifier = await loadTokenClassifier(await writeTinyModel(iob2));
    const documents = Array.from({ length: 700 }, (_, i) =>
      plainDocument(`d${i}`, `${'gave '.repeat(i % 13)}aspirin${i % 2 === 0 ? ' for heart failure' : ''}.`),
    );
    const annotated = await classifier.annotate([...documents, plainDocument('empty', '')]);
    expect(annotated.map(({ id }) => id)).toEqual([...documents.map(({ id }) => id), 'empty']);
    expect(annotated.map(({ spans }) => spans.length)).toEqual([
      ...documents.map((_, i) => (i % 2 === 0 ? 2 : 1)),
      0,
    ]);
    await classifier.release();
  });

  it.each([
    {
      scheme: 'BIOES',
      labels: ['O', 'S-Drug', 'B-Drug', 'I-Drug', 'E-Drug'],
      tokens: {
        a: [0, 0, 3, 0, 0],
        b: [0, 0, 0, 2, 1],
        c: [5, 0, 0, 0, 4.5],
        d: [0, 3, 0, 0, 0],
        o: [3, 0, 0, 0, 0],
      },
      text: 'a b c d o',
      mentions: ['Drug a b c', 'Drug d'],
    },
    {
      scheme: 'plain',
      labels: ['O', 'Drug', 'E-coli infection'],
      tokens: { a: [0, 3, 0], b: [0, 3, 0], c: [0, 0, 3], o: [3, 0, 0] },
      text: 'a b c o a',
      mentions: ['Drug a b', 'E-coli infection c', 'Drug a'],
    },
  ])('reads $scheme labels', async ({ labels, tokens, text, mentions }) => {
    const classifier = await loadTokenClassifier(await writeTinyModel({ kind: 'tokens', labels, tokens }));
    const document = { ...plainDocument('note', text), sentences: [{ start: 0, end: text.length }] };
    expect(found(await classifier.annotate([document]))).toEqual([mentions]);
    await classifier.release();
  });

  it('runs a graph that lies in the subfolder onnx', async () => {
    const folder = await writeTinyModel({ ...iob2, graph: path.join('onnx', 'model.onnx') });
    const classifier = await loadTokenClassifier(folder);
    expect(classifier.types).toEqual(['Disease', 'Chemical']);
    expect(found(await classifier.annotate([plainDocument('note', 'aspirin')]))).toEqual([
      ['Chemical aspirin'],
    ]);
    await classifier.release();
  });

  it('keeps to the length a model was trained with', async () => {
    const folder = await writeTinyModel(iob2);
    const info = { task: 'ner', labels: iob2.labels, maxLength: 4 };
    await writeFile(path.join(folder, 'chartmark.json'), JSON.stringify(info));
    const classifier = await loadTokenClassifier(folder);
    const document = plainDocument('note', 'gave aspirin for heart failure for aspirin');
    // Windows of two words: "heart failure" still comes out whole.
    expect(found(await classifier.annotate([document]))).toEqual([
      ['Chemical aspirin', 'Disease heart failure', 'Chemical aspirin'],
    ]);
    await classifier.release();
  });

  it('reports progress up to the end', async () => {
    const classifier = await loadTokenClassifier(await writeTinyModel(iob2));
    const seen: number[] = [];
    const documents = Array.from({ length: 300 }, (_, i) => plainDocument(`d${i}`, 'gave aspirin.'));
    await classifier.annotate(documents, { onProgress: ({ fraction }) => seen.push(fraction) });
    expect(seen.length).toBeGreaterThan(3);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
    await classifier.release();
  });

  it('stops between batches when it is cancelled', async () => {
    const classifier = await loadTokenClassifier(await writeTinyModel(iob2));
    const controller = new AbortController();
    const documents = Array.from({ length: 300 }, (_, i) => plainDocument(`d${i}`, 'gave aspirin.'));
    let batches = 0;
    const annotating = classifier.annotate(documents, {
      signal: controller.signal,
      onProgress: () => {
        batches++;
        controller.abort();
      },
    });
    await expect(annotating).rejects.toThrow(CancelledError);
    expect(batches).toBe(1);
    await classifier.release();
  });
});
