import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { scoreIdentifiers } from './scoreIdentifiers.ts';

const read = (name: string): Promise<string> =>
  readFile(path.join(import.meta.dirname, '../data/privacy', name), 'utf8');

describe('the identifier scan', () => {
  // As measured on 2026-11-24, minus one finding. Update these values when you change the scan.
  it.each([
    ['dev.txt', 0.985, 0.99],
    ['evaluation.txt', 0.91, 0.99],
  ])('is as good as when it was measured: %s', async (name, recall, precision) => {
    const { all } = scoreIdentifiers(await read(name));
    expect(all.labelled).toBeGreaterThan(120);
    expect(all.recall).toBeGreaterThanOrEqual(recall);
    expect(all.precision).toBeGreaterThanOrEqual(precision);
  });

  it('finds identifiers of every kind', async () => {
    const { kinds } = scoreIdentifiers(await read('evaluation.txt'));
    expect(kinds.filter(([, { kindRecall }]) => kindRecall === 0)).toEqual([]);
    expect(kinds.filter(([, { labelled }]) => labelled === 0)).toEqual([]);
  });
});
