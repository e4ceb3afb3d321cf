import { describe, expect, test } from 'vitest';
import { dataNotes } from '../../../src/training/dataNotes.ts';
import { taskData } from '../../../src/training/taskData.ts';

const sentences = (...lines: readonly string[]) =>
  taskData({
    task: 'ner',
    examples: lines.map((line, index) => {
      const pairs = line.split(' ').map((pair) => pair.split('/'));
      return {
        documentId: `d${index}`,
        words: pairs.map(([word = '']) => word),
        ranges: [],
        tags: pairs.map(([, tag = 'O']) => tag),
      };
    }),
  });

const rows = (...list: readonly (readonly [text: string, label: string])[]) =>
  taskData({ task: 're', rows: list.map(([text, label]) => ({ text, label })) });

describe('notes about the data', () => {
  test('say how many dev sentences are in the training data too, whatever their tags', () => {
    const train = sentences('Gout/B-D now', 'No flu');
    expect(dataNotes({ train, dev: sentences('Gout now', 'Old gout/B-D') })).toEqual([
      '1 of 2 dev sentences is in the training data too. The dev score may be too high.',
    ]);
    expect(dataNotes({ train, dev: train })[0]).toMatch(/^2 of 2 dev sentences are in/u);
  });

  test('say which training texts have several labels', () => {
    const dev = sentences('Other/B-D text');
    expect(dataNotes({ train: sentences('Gout/B-D now', 'Gout now', 'Gout now'), dev })).toEqual([
      '1 training sentence occurs more than once with different labels.',
    ]);
    expect(dataNotes({ train: rows(['a b', '1'], ['a b', '0'], ['c', '1']), dev: rows(['d', '1']) })).toEqual(
      ['1 training text occurs more than once with different labels.'],
    );
  });

  test('are none for data without doubts', () => {
    expect(dataNotes({ train: sentences('Gout/B-D now'), dev: sentences('Old gout/B-D') })).toEqual([]);
  });
});
