import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { mentionText, plainDocument } from '../../../src/corpus/document.ts';
import { mentionLabels } from '../../../src/model/mentionLabels.ts';
import { loadTokenClassifier } from '../../../src/model/tokenClassifier.ts';
import { complaint } from './complaint.ts';
import { writeTinyModel } from './tinyModel.ts';

describe('the labels of a model for mentions', () => {
  it.each([
    ['OUTSIDE', ['OUTSIDE', 'B-X', 'I-X']],
    ['Outside', ['B-X', 'I-X', 'Outside']],
    ['o', ['o', 'B-X', 'I-X']],
    ['0', ['0', 'B-X', 'I-X']],
    ['None', ['B-X', 'None', 'I-X']],
    ['N/A', ['N/A', 'B-X', 'I-X']],
    ['NO_ENTITY', ['NO_ENTITY', 'B-X', 'I-X']],
    ['another word among tags', ['B-X', 'I-X', 'Rest']],
    ['blanks', [' O ', 'B-X', 'I-X']],
  ])('may call O otherwise: %s', (_, labels) => {
    const read = mentionLabels(labels, 'config.json');
    expect(read.toSorted()).toEqual(['B-X', 'I-X', 'O']);
    expect(read.map((label) => label.slice(0, 1) === 'O')).toEqual(
      labels.map((label) => !/^[BI]-/.test(label)),
    );
  });

  it.each([
    ['underscores', ['O', 'B_X', 'I_X']],
    ['colons', ['O', 'B:X', 'I:X']],
    ['small letters', ['o', 'b-X', 'i-X']],
    ['the letter at the end', ['O', 'X-B', 'X-I']],
    ['the letter after an underscore', ['O', 'X_B', 'X_I']],
    ['hyphens', ['O', 'B-X', 'I-X']],
  ])('may be written with %s', (_, labels) => {
    expect(mentionLabels(labels, 'config.json')).toEqual(['O', 'B-X', 'I-X']);
  });

  it.each([
    [['O', 'Disease', 'Drug']],
    [['O', 'S_aureus', 'E_coli']],
    [['O', 'Vitamin_B', 'Hepatitis_E']],
    [['O', 'OTHER', 'Drug']],
  ])('may be plain types: %j', (labels) => {
    expect(mentionLabels(labels, 'config.json')).toEqual(labels);
  });

  it('may have labels for tokens that are no words, which are no types', () => {
    expect(mentionLabels(['[PAD]', 'O', 'B-X', 'I-X', 'X', '[CLS]', '[SEP]'], 'config.json')).toEqual([
      'O',
      'O',
      'B-X',
      'I-X',
      'O',
      'O',
      'O',
    ]);
  });

  it.each([
    ['have no names', ['LABEL_0', 'LABEL_1', 'LABEL_2']],
    ['have no names', ['0', '1', '2']],
    ['No label means', ['B-X', 'I-X']],
    ['No label means', ['B-X', 'I-X', '[CLS]', '[SEP]']],
    ['No label means', ['Disease', 'Drug']],
    ['No label means', ['LABEL_0', 'Drug']],
    ['that many', Array.from({ length: 300_000 }, (_, i) => `B-${i}`)],
    ['...', ['B-X', `I-${'x'.repeat(100_000)}`]],
  ])('are refused if they %s: %#', async (message, labels) => {
    const folder = await writeTinyModel({ kind: 'tokens', labels: ['O'], tokens: {} });
    const config = {
      model_type: 'bert',
      id2label: Object.fromEntries(labels.map((label, id) => [id, label])),
    };
    await writeFile(path.join(folder, 'config.json'), JSON.stringify(config));
    const { file, text } = await complaint(loadTokenClassifier(folder));
    expect(file).toBe('config.json');
    expect(text).toContain(message);
    expect(text.length).toBeLessThan(600);
  });

  it('are used to find mentions whatever their form', async () => {
    const labels = ['gout_B', 'gout_I', 'OUTSIDE'];
    const tokens = { a: [3, 0, 0], b: [0, 3, 1], c: [0, 0, 3] };
    const classifier = await loadTokenClassifier(await writeTinyModel({ kind: 'tokens', labels, tokens }));
    expect(classifier.types).toEqual(['gout']);
    const [annotated] = await classifier.annotate([plainDocument('d', 'c a b c b')]);
    expect(annotated?.spans.map((span) => mentionText(annotated.text, span))).toEqual(['a b']);
    await classifier.release();
  });

  it('may stand in label2id only', async () => {
    const folder = await writeTinyModel({
      kind: 'tokens',
      labels: ['O', 'B-X'],
      tokens: {},
      config: { id2label: undefined, label2id: { 'B-X': 1, O: 0 } },
    });
    const classifier = await loadTokenClassifier(folder);
    expect(classifier.types).toEqual(['X']);
    await classifier.release();
  });
});

describe('the graph of a model', () => {
  const tiny = { kind: 'tokens', labels: ['O', 'B-X'], tokens: { a: [0, 1] } } as const;

  it.each([
    'model_quantized.onnx',
    'onnx/model_quantized.onnx',
    'onnx/model_int8.onnx',
    'onnx/model_uint8.onnx',
    'onnx/model_qint8_avx512_vnni.onnx',
    'onnx/model_fp16.onnx',
    'onnx/model_q4.onnx',
  ])('may be only %s', async (graph) => {
    const classifier = await loadTokenClassifier(await writeTinyModel({ ...tiny, graph }));
    const [annotated] = await classifier.annotate([plainDocument('d', 'a')]);
    expect(annotated?.spans).toHaveLength(1);
    await classifier.release();
  });

  it('is the one of the wanted precision, and the message says which one is there', async () => {
    const int8 = await writeTinyModel({ ...tiny, graph: 'onnx/model_int8.onnx' });
    await (await loadTokenClassifier(int8, 'int8')).release();
    const { file, text } = await complaint(loadTokenClassifier(int8, 'fp32'));
    expect(file).toBe('model.onnx');
    expect(text).toContain('--precision int8');
    const fp32 = await writeTinyModel(tiny);
    expect((await complaint(loadTokenClassifier(fp32, 'int8'))).text).toContain('--precision fp32');
  });
});
