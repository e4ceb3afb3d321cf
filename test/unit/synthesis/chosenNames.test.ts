import { describe, expect, test } from 'vitest';
import { defaultProject } from '../../../src/project/defaults.ts';
import { typesInLexicon, withChosenNames } from '../../../src/synthesis/names/chosenNames.ts';
import type { PlanOptions } from '../../../src/synthesis/planRun.ts';

const plan = { task: 'ner', project: defaultProject, count: 10, seed: 3 } as const;

describe('names to write about', () => {
  test('of the project are left to the plan', async () => {
    expect(await withChosenNames(plan, 'project', '.')).toBe(plan);
  });

  test('of the lexicon are the same for every count, and of all types in turn', async () => {
    const first = await withChosenNames<PlanOptions>(plan, 'lexicon', '.');
    const names = first.names ?? [];
    expect(new Set(names.slice(0, 3).map(({ type }) => type))).toEqual(
      new Set(['Disease', 'Chemical', 'Procedure']),
    );
    const more = await withChosenNames({ ...plan, count: 500 }, 'lexicon', '.');
    expect(more).toMatchObject({ names });
  });

  test('are in the lexicon for some types only', async () => {
    const [disease] = defaultProject.entityTypes;
    const project = {
      ...defaultProject,
      entityTypes: [...defaultProject.entityTypes, { ...disease, name: 'Symptom' }],
      topics: { Symptom: ['cough'] },
    } as typeof defaultProject;
    expect(await typesInLexicon({ ...plan, project }, '.')).toEqual({
      known: ['Disease', 'Chemical', 'Procedure'],
      unknown: ['Symptom'],
    });
  });
});
