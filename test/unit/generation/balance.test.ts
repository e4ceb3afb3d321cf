import { describe, expect, it } from 'vitest';
import { createSpan, plainDocument, type Document } from '../../../src/corpus/document.ts';
import { defaultProject } from '../../../src/project/defaults.ts';
import { balanceCounter } from '../../../src/generation/balance/balanceCounter.ts';
import { describeBalance } from '../../../src/generation/balance/describeBalance.ts';
import type { RunPlan } from '../../../src/generation/plan/planRequest.ts';

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
  version: 2,
  topics: ['gout', 'asthma', 'rickets', 'mumps'].map((name) => ({ type: 'Disease', name })),
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
      confusable: { asked: 0.5, got: 0 },
      labels: {
        Disease: { mentions: 4, texts: 3, names: 2, share: 1, asNames: { asked: 1, got: 1 } },
        Chemical: { mentions: 0, texts: 0, names: 0, share: 0 },
        Procedure: { mentions: 0, texts: 0, names: 0, share: 0 },
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

  it('counts texts without a mention that hold a counter-example, as words, where such were asked for', () => {
    const texts = [
      'Physical examination was normal.',
      'The DISEASE is named.',
      'Diseased leaves.',
      'Clear lungs.',
    ];
    const counted = (provider: string) => {
      const counter = balanceCounter(plan);
      for (const text of texts) counter.add(plainDocument('d', text, { style: 'note', provider }));
      counter.add(document('Placebo helped his gout.', 'note', ['gout']));
      return counter.result().confusable;
    };
    expect(counted('openai')).toEqual({ asked: 0.5, got: 0.5 });
    const counter = balanceCounter(plan);
    for (const text of texts) counter.add(plainDocument('d', text, { style: 'note', provider: 'offline' }));
    expect(counter.result().confusable).toBeUndefined();
  });

  it('sets the types of the names that came beside those of the names asked for', () => {
    const topics = [
      ...plan.topics,
      ...['lead', 'iron', 'zinc', 'tin'].map((name) => ({ type: 'Chemical', name })),
    ];
    const counter = balanceCounter({ ...plan, topics });
    for (let index = 0; index < 60; index++) {
      const seed = index % 4 === 0 ? 'iron' : 'gout';
      counter.add(plainDocument('d', 'Text.', { style: 'note', seeds: [seed], provider: 'openai' }));
    }
    const balance = counter.result();
    expect(balance.labels).toMatchObject({
      Disease: { asNames: { asked: 0.5, got: 0.75 } },
      Chemical: { asNames: { asked: 0.5, got: 0.25 } },
    });
    expect(balance.labels['Procedure']).not.toHaveProperty('asNames');
    expect(describeBalance(balance)).toContain(
      '  uses of topics of Chemical: 25.0% (of those offered: 50.0%)',
    );
  });

  it('stands an empty run', () => {
    const balance = balanceCounter({ ...plan, topics: [] }).result();
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
    expect(marked).toEqual([
      'of these with a counter-example',
      'Chemical',
      'Procedure',
      'note',
      'letter',
      'topics',
    ]);
  });
});
