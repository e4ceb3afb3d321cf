import { describe, expect, it } from 'vitest';
import { f1ByType, microF1 } from '../../../src/evaluation/microF1.ts';

describe('micro F1 of tag sequences', () => {
  it('is 1 for the gold tags and 0 for none', () => {
    const gold = [['B-Disease', 'I-Disease', 'O'], ['O']];
    expect(microF1(gold, gold)).toBe(1);
    expect(microF1(gold, [['O', 'O', 'O'], ['O']])).toBe(0);
  });

  it('reads a mention without B- leniently by default and not at all when strict', () => {
    const gold = [['B-Disease', 'O', 'B-Disease']];
    const predicted = [['I-Disease', 'O', 'B-Disease']];
    expect(microF1(gold, predicted)).toBe(1);
    expect(microF1(gold, predicted, 'strict')).toBeCloseTo(2 / 3, 12);
  });

  it('refuses sequences that do not belong together', () => {
    expect(() => microF1([['O']], [])).toThrow('1 gold sentences but 0 predicted ones');
    expect(() => microF1([['O']], [['O', 'O']])).toThrow('sentence 0: 1 gold tags but 2 predicted');
  });
});

describe('F1 by type', () => {
  it('counts each type for itself, the most frequent first, even one whose name every object has', () => {
    const gold = [['B-Drug', 'B-constructor', 'I-constructor', 'B-constructor']];
    const predicted = [['B-Drug', 'B-constructor', 'O', 'B-constructor']];
    expect(f1ByType(gold, predicted)).toEqual([
      { label: 'constructor', f1: 0.5, gold: 2 },
      { label: 'Drug', f1: 1, gold: 1 },
    ]);
  });

  it('lists a type that is only predicted', () => {
    expect(f1ByType([['O']], [['B-Drug']])).toEqual([{ label: 'Drug', f1: 0, gold: 0 }]);
  });
});
