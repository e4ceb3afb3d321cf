import { describe, expect, it } from 'vitest';
import { plainDocument, type Document } from '../../../src/corpus/document.ts';
import { UserError } from '../../../src/foundation/userError.ts';
import { pairDocuments } from '../../../src/evaluation/pairDocuments.ts';

const documents = (...ids: readonly string[]): readonly Document[] =>
  ids.map((id) => plainDocument(id, `Text of ${id}.`));

const paired = (gold: readonly Document[], predicted: readonly Document[]): readonly string[] =>
  pairDocuments(gold, predicted).map((pair) => `${pair.gold.id}-${pair.predicted.id}`);

/** Which document is complained of, or undefined if it is the numbers of documents. */
function complaint(gold: readonly Document[], predicted: readonly Document[]): string | undefined {
  try {
    pairDocuments(gold, predicted);
  } catch (error) {
    if (error instanceof UserError) return /^Document “(.*?)”/u.exec(error.message)?.[1];
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('gold and predicted documents', () => {
  it('are paired by id, in the order of the gold data', () => {
    expect(paired(documents('a', 'b', 'c'), documents('c', 'a', 'b'))).toEqual(['a-a', 'b-b', 'c-c']);
    expect(paired([], [])).toEqual([]);
  });

  it('are paired by order where there are as many, and the ids differ or come twice', () => {
    expect(paired(documents('a', 'b'), documents('1', '2'))).toEqual(['a-1', 'b-2']);
    expect(paired(documents('a', 'b'), documents('b', '2'))).toEqual(['a-b', 'b-2']);
    expect(paired(documents('a', 'a'), documents('a', 'a'))).toHaveLength(2);
  });

  it('name one that only one side has', () => {
    expect(complaint(documents('a', 'b'), documents('a', 'x', 'b'))).toBe('x');
    expect(complaint(documents('a', 'b', 'c'), documents('c', 'a'))).toBe('b');
    expect(complaint(documents('a', 'b', 'c'), documents('a', 'x'))).toBe('b');
  });

  it('name their numbers where no id, or no id alone, says which belong together', () => {
    expect(complaint(documents('a', 'b', 'c'), documents('1', '2'))).toBeUndefined();
    expect(complaint(documents('a', 'a', 'b'), documents('a', 'c'))).toBeUndefined();
    expect(complaint(documents('a', 'b', 'c'), documents('a', 'a'))).toBeUndefined();
    expect(complaint(documents('a', 'b'), [])).toBeUndefined();
  });
});
