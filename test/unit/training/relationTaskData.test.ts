import { expect, test } from 'vitest';
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
