import { readFile, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { plainDocument } from '../../../src/corpus/document.ts';
import { readModelInfo } from '../../../src/model/folder.ts';
import { loadTokenClassifier } from '../../../src/model/tokenClassifier.ts';
import type { TrainOptions } from '../../../src/training/trainOptions.ts';
import { fineTune } from '../../../src/training/fineTune.ts';
import { tagF1 } from './tinyData.ts';
import { tinyRun } from './tinyRun.ts';

let folder: string;
let options: TrainOptions;

beforeEach(async () => {
  ({ folder, options } = await tinyRun({ quantize: true }));
});
afterEach(() => rm(folder, { recursive: true }));

const note = [plainDocument('note', 'had fever with aspirin .')];

async function labelsFound(precision?: 'fp32' | 'int8'): Promise<readonly string[]> {
  const classifier = await loadTokenClassifier(options.out, precision);
  const found = await classifier.annotate(note);
  await classifier.release();
  return found.flatMap(({ spans }) => spans.map(({ start, label }) => `${start} ${label}`));
}

test('the model with 8-bit weights stands beside the other, with its own score in record, card and result', async () => {
  // The last call scores the quantised model: it is made to differ, so that the two cannot be mixed up.
  let calls = 0;
  const score = (...tags: Parameters<typeof tagF1>): number => (++calls === 7 ? 0.125 : tagF1(...tags));
  const result = await fineTune(options, { score });
  expect(result.devF1Int8).toBe(0.125);
  expect(result.best.devF1).toBeGreaterThan(0.9);
  expect(await readdir(options.out)).toEqual(expect.arrayContaining(['model.onnx', 'model_quantized.onnx']));
  const info = await readModelInfo(options.out);
  expect(info).toMatchObject({
    precision: 'int8',
    scores: { devF1: result.best.devF1, devF1Int8: 0.125 },
  });
  const card = await readFile(path.join(options.out, 'README.md'), 'utf8');
  expect(card).toContain('| devF1Int8 | 0.1250 |');
  expect(card).toContain('`model_quantized.onnx`');
});

test('it finds what the other finds, and runs unless the other is asked for', async () => {
  const { best, devF1Int8 } = await fineTune(options, { score: tagF1 });
  expect(Math.abs(best.devF1 - (devF1Int8 ?? 0))).toBeLessThan(0.05);
  const found = await labelsFound('fp32');
  expect(found).toEqual(['4 Disease', '15 Chemical']);
  expect(await labelsFound('int8')).toEqual(found);
  await rm(path.join(options.out, 'model.onnx'));
  expect(await labelsFound()).toEqual(found);
  await expect(labelsFound('fp32')).rejects.toThrow('no model.onnx');
});

test('without being asked for there is none', async () => {
  await fineTune({ ...options, quantize: false, epochs: 1 }, { score: tagF1 });
  expect(await readdir(options.out)).not.toContain('model_quantized.onnx');
  expect(await readModelInfo(options.out)).not.toHaveProperty('precision');
  await expect(labelsFound('int8')).rejects.toThrow('no model_quantized.onnx');
});
