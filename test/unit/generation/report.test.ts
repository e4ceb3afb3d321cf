import { describe, expect, test } from 'vitest';
import { createSpan, type Document } from '../../../src/corpus/document.ts';
import { parseInlineTags } from '../../../src/corpus/tagged/inlineTags.ts';
import { balanceCounter } from '../../../src/generation/balance/balanceCounter.ts';
import { describeBalance } from '../../../src/generation/balance/describeBalance.ts';
import { mixedNamesCounter } from '../../../src/generation/balance/mixedNames.ts';
import { planRun } from '../../../src/generation/plan/planRun.ts';
import { defaultProject } from '../../../src/project/defaults.ts';

function documentOf(tagged: string, isRelated = false): Document {
  const read = parseInlineTags(tagged, ['Disease', 'Gene']);
  if (!read.ok) throw new Error(read.detail);
  const spans = read.mentions.map((mention, index) =>
    createSpan(read.text, { id: `T${index + 1}`, ...mention, source: 'llm' }),
  );
  const relation = { id: 'R1', head: 'T1', tail: 'T2', label: 'association', source: 'llm' } as const;
  return {
    id: 'x',
    text: read.text,
    spans,
    relations: isRelated ? [relation] : [],
    attributes: [],
    meta: { style: 'case report' },
  };
}

describe('the report of a mention run', () => {
  test('lists names that are tagged in one text and untagged in another, the most frequent first', () => {
    const documents = [
      '<Disease>Gout</Disease> since May.',
      'No gout, no <Disease>asthma</Disease>.',
      'His gout and asthma rest.',
      'Known <Disease>gout</Disease>.',
      '<Disease>Cough</Disease> at night.',
      'He began to cough.',
    ].map((text) => documentOf(text));
    const counter = mixedNamesCounter();
    for (const document of documents) counter.addNames(document);
    for (const document of documents) counter.addUses(document);
    const mixed = counter.result();
    expect(mixed).toEqual({
      names: 2,
      places: 3,
      most: [
        { name: 'Gout', tagged: 2, untagged: 2 },
        { name: 'asthma', tagged: 1, untagged: 1 },
      ],
    });
    const plan = planRun({ task: 'ner', project: defaultProject, count: 6, seed: 1, topics: [] });
    const lines = describeBalance({ ...balanceCounter(plan).result(), mixed });
    expect(lines.slice(-3)).toEqual([
      '! tagged in one text and untagged in another: 2 names, 3 places',
      '    "Gout": 2 tagged, 2 untagged',
      '    "asthma": 1 tagged, 1 untagged',
    ]);
  });
});

describe('the report of a relation run', () => {
  const plan = planRun({ task: 're', project: defaultProject, count: 100, seed: 1, topics: [] });
  const fillers = ['early', 'late', 'rarely', 'often', 'here', 'there', 'now'];
  const surfaceFor = (write: (isRelated: boolean, filler: string) => string, count = 80) => {
    const counter = balanceCounter(plan);
    for (let index = 0; index < count; index++) {
      const isRelated = (index * 7) % 2 === 0;
      counter.add(documentOf(write(isRelated, fillers[index % fillers.length] ?? ''), isRelated));
    }
    return counter.result();
  };

  test('says that single words give the classes away', () => {
    const balance = surfaceFor(
      (isRelated, filler) =>
        `${filler} <Gene>CFTR</Gene> ${isRelated ? 'causes' : 'was sequenced in'} <Disease>gout</Disease>`,
    );
    expect(balance.surface).toMatchObject({
      association: { sentences: 80, larger: 0.5, words: 1, order: 0.5 },
    });
    expect(balance.surface?.['association']?.telling).toContain('causes');
    expect(describeBalance(balance).find((line) => line.includes('single words'))).toMatch(
      /^! association: guessed right from single words alone: 100.0% \(by always guessing the larger class: 50\.0%\)/,
    );
  });

  test('says that the order or the distance of the pair gives them away', () => {
    const ordered = surfaceFor((isRelated, filler) =>
      isRelated
        ? `<Gene>CFTR</Gene> ${filler} and <Disease>gout</Disease>`
        : `<Disease>gout</Disease> ${filler} and <Gene>CFTR</Gene>`,
    );
    expect(ordered.surface).toMatchObject({ association: { order: 1, distance: 0.5 } });
    const distant = surfaceFor((isRelated, filler) => {
      const between = isRelated ? 'or' : 'or one or two or three or four or five';
      return `${filler} <Gene>CFTR</Gene> ${between} <Disease>gout</Disease>`;
    });
    expect(distant.surface).toMatchObject({ association: { order: 0.5, distance: 1 } });
  });

  test('says so if nothing gives them away, and nothing of a few sentences', () => {
    const same = (_: boolean, filler: string): string =>
      `${filler} <Gene>CFTR</Gene> in <Disease>gout</Disease>`;
    const balance = surfaceFor(same);
    expect(balance.surface?.['association']?.words).toBeLessThan(0.65);
    expect(describeBalance(balance).filter((line) => line.startsWith('! association'))).toEqual([]);
    expect(surfaceFor(same, 30)).not.toHaveProperty('surface');
  });
});
