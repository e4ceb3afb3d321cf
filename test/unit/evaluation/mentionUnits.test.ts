import { describe, expect, it } from 'vitest';
import type { Document } from '../../../src/corpus/document.ts';
import { countsByUnit } from '../../../src/evaluation/mentionUnits.ts';
import { scoreText } from '../../../src/evaluation/scoredText.ts';
import { markedDocument } from './sampleDocuments.ts';

const text = 'Gout and flu.\nNo rash.\nTook aspirin.';
const gold = markedDocument('a', text, [
  ['Gout', 'Disease'],
  ['flu', 'Disease'],
  ['aspirin', 'Chemical'],
]);
const predicted = markedDocument('a', text, [
  ['Gout', 'Disease'],
  ['flu', 'Chemical'],
  ['rash', 'Disease'],
  ['aspirin', 'Chemical'],
]);
const scored = (one: Document, other: Document) =>
  scoreText({ gold: one, predicted: other }, { labels: undefined, strictBegin: false });

function countsOf(...texts: readonly ReturnType<typeof scored>[]) {
  const { unit, counts } = countsByUnit(texts);
  return {
    unit,
    gold: [...counts.gold],
    predicted: [...counts.predicted],
    correct: [...counts.correct],
  };
}

describe('the units of the bootstrap', () => {
  it('are the lines of a single text; only what agrees wholly is correct', () => {
    expect(countsOf(scored(gold, predicted))).toEqual({
      unit: 'sentence',
      gold: [2, 0, 1],
      predicted: [2, 1, 1],
      correct: [1, 0, 1],
    });
  });

  it('are the documents where there are several', () => {
    expect(countsOf(scored(gold, predicted), scored(gold, gold))).toEqual({
      unit: 'document',
      gold: [3, 3],
      predicted: [4, 3],
      correct: [2, 3],
    });
  });
});
