import { describe, expect, test } from 'vitest';
import { defaultProject } from '../../../src/project/defaults.ts';
import { typesInLexicon, withTopicsFrom } from '../../../src/generation/topics/chosenTopics.ts';
import type { PlanOptions } from '../../../src/generation/plan/planRun.ts';

const plan = { task: 'ner', project: defaultProject, count: 10, seed: 3 } as const;

describe('topics to write about', () => {
  test('of the project are left to the plan', async () => {
    expect(await withTopicsFrom(plan, 'project', '.')).toBe(plan);
  });

  test('of the lexicon are the same for every count, and of all types in turn', async () => {
    const first = await withTopicsFrom<PlanOptions>(plan, 'lexicon', '.');
    const topics = first.topics ?? [];
    expect(new Set(topics.slice(0, 3).map(({ type }) => type))).toEqual(
      new Set(['Disease', 'Chemical', 'Procedure']),
    );
    const more = await withTopicsFrom({ ...plan, count: 500 }, 'lexicon', '.');
    expect(more).toMatchObject({ topics });
  });

  test('are in the lexicon for some types only', async () => {
    const [disease] = defaultProject.entityTypes;
    const project = {
      ...defaultProject,
      entityTypes: [...defaultProject.entityTypes, { ...disease, name: 'Device' }],
      topics: { Device: ['stent'] },
    } as typeof defaultProject;
    expect(await typesInLexicon({ ...plan, project }, '.')).toEqual({
      known: ['Disease', 'Chemical', 'Procedure'],
      unknown: ['Device'],
    });
  });
});
