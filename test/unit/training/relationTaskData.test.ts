import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { loadTokenizer } from '../../../src/model/tokenizer/tokenizer.ts';
import { relationCandidates } from '../../../src/project/relationCandidates.ts';
import { relationDocument, schemaOf } from '../project/relationDocument.ts';
import { ignoredLabel } from '../../../src/training/operators/crossEntropy.ts';
import { relationTaskData } from '../../../src/training/relationTaskData.ts';
import { tinyRun } from './tinyRun.ts';

test('"0" is the first label, and no mention when it comes to scoring', () => {
  const data = relationTaskData([
    { text: '@GENE$ in @DISEASE$', label: 'causes' },
    { text: '@GENE$ and @DISEASE$', label: '0' },
    { text: '@GENE$ of @DISEASE$', label: '-treats' },
  ]);
  expect(data.labels()).toEqual(['0', '-treats', 'causes']);
  expect(data.gold).toEqual([['B-causes'], ['O'], ['B--treats']]);
});

test('a row is identified by its text and label, so that a resumed run notices other data', () => {
  const rows = [
    { text: '@GENE$ in @DISEASE$', label: 'causes' },
    { text: '@GENE$ and @DISEASE$', label: '0' },
  ];
  const data = relationTaskData(rows);
  expect(rows.map((_, place) => data.line(place))).toEqual([
    '["@GENE$ in @DISEASE$","causes"]',
    '["@GENE$ and @DISEASE$","0"]',
  ]);
});

test('the pairs of a document stay together when a dev part is split off, and so does a sentence twice', () => {
  const document = relationDocument('[PAH|Gene] or [gout|Disease]. [CFTR|Gene] or [pain|Disease].');
  const rows = relationCandidates(document, schemaOf('association Gene Disease')).map(({ row }) => row);
  const masked = { text: '@GENE$ in @DISEASE$', label: '1' };
  const { groups } = relationTaskData([...rows, masked, masked]);
  expect(groups).toHaveLength(4);
  expect(new Set(groups).size).toBe(2);
});

test('a row with an unknown label has no say in the loss, and a row without a weight counts once', async () => {
  const { folder, options } = await tinyRun();
  const tokenizer = await loadTokenizer(options.base);
  await rm(folder, { recursive: true });
  const rows = [
    { text: '@GENE$ in @DISEASE$', label: 'causes', weight: 0 },
    { text: '@GENE$ in @DISEASE$', label: 'unheard of' },
  ];
  const encoded = relationTaskData(rows).encode({ tokenizer, labels: ['0', 'causes'], capacity: 20 });
  expect(encoded.sequences.map(({ labels, weight }) => [labels, weight])).toEqual([
    [[1], 0],
    [[ignoredLabel], 1],
  ]);
  encoded.collect(0, Float32Array.of(0.25, 0.75));
  encoded.collect(1, Float32Array.of(0.75, 0.25));
  expect(encoded.tags()).toEqual([['B-causes'], ['O']]);
});
