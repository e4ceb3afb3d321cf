import { describe, expect, test } from 'vitest';
import type { ChartmarkModelInfo } from '../../../src/model/folder.ts';
import { dataPart, type Hyperparameters, settingsPart } from '../../../src/training/cardTables.ts';

const info: ChartmarkModelInfo = {
  task: 'ner',
  labels: ['O', 'B-Disease', 'I-Disease'],
  maxLength: 64,
  base: 'base',
  seed: 7,
  data: [
    { role: 'train', examples: 1200, labels: { Disease: 900 }, sha256: 'aa' },
    { role: 'dev', examples: 10, labels: {}, sha256: 'bb' },
  ],
  scores: {},
  versions: { node: '24' },
};
const settings: Hyperparameters = {
  epochs: 5,
  batchSize: 16,
  accumulate: 1,
  learningRate: 0.0002,
  weightDecay: 0.01,
  clipping: 1,
  dropout: { hidden: 0.1, attention: 0.2 },
};

/** The rows of a table by their first cell. */
const rowsOf = (markdown: string): ReadonlyMap<string, string> =>
  new Map(
    [...markdown.matchAll(/^\| ([^|]+) \| (.*) \|$/gmu)].map(([, name = '', value = '']) => [name, value]),
  );
const settingsOf = (more: Partial<Hyperparameters> = {}, of: ChartmarkModelInfo = info) =>
  rowsOf(settingsPart(of, { ...settings, ...more }, 4));

describe('the settings on a model card', () => {
  test('say what was not chosen, too', () => {
    const rows = settingsOf();
    expect(rows.get('epochs')).toBe('5 (the best, 4, was kept)');
    expect(rows.get('early stopping')).toBe('none');
    expect(rows.get('batch size')).toBe('16');
    expect(rows.get('weights of labels')).toBe('1 each');
    expect(rows.get('frozen')).toBe('nothing');
    expect(rows.get('node')).toBe('24');
  });

  test('say what was chosen', () => {
    const rows = settingsOf({ patience: 2, accumulate: 4, freeze: 3, labelWeights: { Disease: 2 } });
    expect(rows.get('early stopping')).toBe('after 2 epochs without a better dev F1');
    expect(rows.get('batch size')).toBe('4 × 16, gradients added up');
    expect(rows.get('weights of labels')).toBe('Disease 2');
    expect(rows.get('frozen')).toBe('the embeddings and the lowest 3 layers');
    expect(settingsOf({ freeze: 0 }).get('frozen')).toBe('the embeddings');
  });

  test('say how far a training came that was stopped', () => {
    const stopped = { ...info, stopped: { epochs: 3, of: 5 } };
    expect(settingsOf({}, stopped).get('epochs')).toBe('5 planned, 3 done (the best, 4, was kept)');
  });
});

describe('the data on a model card', () => {
  test('are the examples and labels of each part', () => {
    const rows = rowsOf(dataPart(info));
    expect(rows.get('train')).toBe('1,200 | Disease 900 | `aa`');
    expect(rows.get('dev')).toBe('10 | none | `bb`');
    expect(dataPart(info)).toContain('| part | sentences | mentions |');
    expect(dataPart({ ...info, task: 're' })).toContain('| part | texts | labels other than `0` |');
  });

  test('name labels of the dev part that nothing was learnt of', () => {
    const [train, dev] = info.data;
    const unseen = [train, dev && { ...dev, labels: { Disease: 1, Gene: 2, Drug: 1 } }].flatMap((part) =>
      part === undefined ? [] : [part],
    );
    expect(dataPart({ ...info, data: unseen })).toContain('is labelled Gene, Drug.');
    expect(dataPart(info)).not.toContain('is labelled');
  });

  test('come from files, and say whether the dev part was split off', () => {
    const sources = [{ name: 'a|b.bio', files: 1200, sha256: 'cc' }];
    const [train, dev] = info.data;
    if (train === undefined || dev === undefined) throw new Error('there are two parts');
    const ofTrain = dataPart({ ...info, data: [{ ...train, sources }, dev] });
    expect(ofTrain).toContain('| train | a\\|b.bio | 1,200 | 1 | `cc` |');
    expect(ofTrain).toContain('split off at random');
    const ofBoth = dataPart({ ...info, data: [train, { ...dev, sources }] });
    expect(ofBoth).toContain('| dev | a\\|b.bio |');
    expect(ofBoth).not.toContain('split off at random');
    expect(dataPart(info)).not.toContain('read from');
  });
});
