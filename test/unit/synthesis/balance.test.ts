import { describe, expect, it } from 'vitest';
import { createSpan, plainDocument, type Document } from '../../../src/corpus/document.ts';
import { defaultProject } from '../../../src/project/defaults.ts';
import { balanceCounter } from '../../../src/synthesis/balance.ts';
import { describeBalance } from '../../../src/synthesis/describeBalance.ts';
import type { RunPlan } from '../../../src/synthesis/plan.ts';

const plan: RunPlan = {
  task: 'ner',
  project: {
    ...defaultProject,
    styles: [
      { name: 'note', description: '', weight: 3 },
      { name: 'letter', description: '' },
    ],
    generation: { ...defaultProject.generation, entityFreeShare: 0.5 },
  },
  count: 100,
  seed: 1,
  names: ['gout', 'asthma', 'rickets', 'mumps'].map((name) => ({ type: 'Disease', name })),
};

function document(text: string, style: string, seeds: readonly string[]): Document {
  const spans = seeds.map((seed, index) => {
    const start = text.indexOf(seed);
    return createSpan(text, {
      id: `T${index}`,
      start,
      end: start + seed.length,
      label: 'Disease',
      source: 'llm',
    });
  });
  return { ...plainDocument('d', text, { style, seeds }), spans };
}

describe('balanceCounter', () => {
  it('sets what came beside what was asked', () => {
    const counter = balanceCounter(plan);
    for (const one of [
      document('Has gout.', 'note', ['gout']),
      document('Has gout and asthma.', 'note', ['gout', 'asthma']),
      document('Clear lungs.', 'other', []),
      document('Has gout again today.', 'letter', ['gout']),
    ]) {
      counter.add(one);
    }
    expect(counter.result()).toEqual({
      texts: 4,
      negative: { asked: 0.5, got: 0.25 },
      labels: {
        Disease: { mentions: 4, texts: 3, names: 2 },
        Chemical: { mentions: 0, texts: 0, names: 0 },
        Procedure: { mentions: 0, texts: 0, names: 0 },
      },
      styles: {
        note: { asked: 0.75, got: 0.5 },
        letter: { asked: 0.25, got: 0.25 },
        other: { asked: 0, got: 0.25 },
      },
      lengths: [9, 12, 20, 20, 21],
      seeds: { asked: 4, used: 2, uses: 4, most: 3, even: 1 },
    });
  });

  it('stands an empty run', () => {
    const balance = balanceCounter({ ...plan, names: [] }).result();
    expect(balance).toMatchObject({ texts: 0, negative: { got: 0 }, lengths: [0, 0, 0, 0, 0] });
    expect(describeBalance(balance).join('\n')).not.toContain('NaN');
  });
});

describe('describeBalance', () => {
  it('points at what is far from what was asked', () => {
    const counter = balanceCounter(plan);
    for (let index = 0; index < 80; index++) {
      counter.add(index % 2 === 0 ? document('Has gout.', 'note', ['gout']) : document('Clear.', 'note', []));
    }
    const lines = describeBalance(counter.result());
    const marked = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(2).split(':')[0]);
    expect(marked).toEqual(['Chemical', 'Procedure', 'note', 'letter', 'names asked for']);
  });
});
