import { expect, test } from 'vitest';
import { parseJsonl } from '../../../src/corpus/jsonl.ts';
import { nameTaggedPairs } from '../../../src/project/taggedPairs.ts';

const association = { name: 'association', head: 'Gene', tail: 'Disease' };
const lines = [
  { text: '<Gene>ACE</Gene> and <Disease>stroke</Disease>.', label: 1 },
  { text: '<Disease>Gout</Disease> by <Gene>ABCG2</Gene>.', label: 1 },
  { text: '<Gene>ACE</Gene> or <Disease>gout</Disease>.', label: 0 },
  { text: '<Gene>ACE</Gene> in <Disease>gout</Disease>.', label: 'risk' },
];
const documents = parseJsonl(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
const relations = (types: Parameters<typeof nameTaggedPairs>[1]) =>
  nameTaggedPairs(documents, types).map((document) =>
    document.relations.map(({ head, tail, label }) => `${head} ${label} ${tail}`).join(),
  );

test('a tagged pair’s relation is called by the one type that joins it, from its head to its tail', () => {
  expect(relations([association, { name: 'treats', head: 'Chemical', tail: 'Disease' }])).toEqual([
    'T1 association T2',
    'T2 association T1',
    '',
    'T1 risk T2',
  ]);
});

test.each([
  ['none', []],
  ['two types', [association, { ...association, name: 'cause' }]],
])('it keeps its label where %s could join it', (_, types) => {
  expect(relations(types)).toEqual(['T1 1 T2', 'T1 1 T2', '', 'T1 risk T2']);
});
