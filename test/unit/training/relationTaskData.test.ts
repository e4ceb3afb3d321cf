import { expect, test } from 'vitest';
import { relationCandidates } from '../../../src/project/relationCandidates.ts';
import { relationDocument, schemaOf } from '../project/relationDocument.ts';
import { relationTaskData } from '../../../src/training/relationTaskData.ts';

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
