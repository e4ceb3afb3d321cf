import { rm } from 'node:fs/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { UserError } from '../../../src/foundation/userError.ts';
import {
  baseModels,
  isModelName,
  trainingFilesOf,
  trainingJob,
  usualModelName,
} from '../../../src/tasks/trainingPlan.ts';
import { baseEncoder, makeProject, trainedModel } from './projectFolder.ts';

let place: Awaited<ReturnType<typeof makeProject>>;
afterEach(() => rm(place.folder, { recursive: true }));

const wish = { task: 'ner', files: ['train.bio'], base: '/base', name: 'local', choices: {} } as const;

describe('a training', () => {
  test('learns from the newest run if there is one, and is refused if there is nothing', async () => {
    place = await makeProject({
      'synthetic/a/accepted.jsonl': '{"text":"x"}\n',
      'synthetic/b/accepted.jsonl': '{"text":"x"}\n',
    });
    const newest = place.at('synthetic', 'b', 'accepted.jsonl');
    const [first, ...others] = await trainingFilesOf(place, [place.at('train.bio')]);
    expect(first).toEqual({ file: newest, picked: true, isRun: true });
    expect(others.map(({ picked, isRun }) => [picked, isRun])).toEqual([
      [false, true],
      [false, false],
    ]);
    await rm(place.synthetic, { recursive: true });
    await expect(trainingFilesOf(place, [])).rejects.toThrow(UserError);
  });

  test('starts from the base of chartmark.json, from a model or an encoder of the project', async () => {
    place = await makeProject({ ...trainedModel('local', 'ner'), ...baseEncoder('bert') });
    expect(await baseModels(place, '/package')).toEqual([
      { name: 'all-MiniLM-L6-v2', folder: '/package/models/all-MiniLM-L6-v2', kind: 'shipped' },
      { name: 'bert', folder: place.at('models', 'bert'), kind: 'encoder' },
      { name: 'local', folder: place.at('models', 'local'), kind: 'trained' },
    ]);
    await rm(place.folder, { recursive: true });
    place = await makeProject({ 'chartmark.json': '{"model":{"base":"./encoders/own"}}' });
    const [named] = await baseModels(place, '/package');
    expect(named).toEqual({ name: './encoders/own', folder: place.at('encoders', 'own'), kind: 'named' });
  });

  test('of relations does not replace the model of mentions', async () => {
    place = await makeProject({ 'chartmark.json': '{"model":{"name":"ward"}}' });
    expect(usualModelName(place, 'ner')).toBe('ward');
    expect(usualModelName(place, 're')).toBe('ward-relations');
  });

  test('has the options of chartmark.json, and those that were chosen before them', async () => {
    place = await makeProject({ 'chartmark.json': '{"training":{"epochs":7,"batchSize":8,"seed":3}}' });
    expect(trainingJob(place, wish)).toEqual({
      task: 'ner',
      base: '/base',
      out: place.at('models', 'local'),
      train: ['train.bio'],
      projectFolder: place.folder,
      epochs: 7,
      batchSize: 8,
      seed: 3,
    });
    const choices = { epochs: 2, batchSize: undefined, resume: true };
    expect(trainingJob(place, { ...wish, choices, dev: ['dev.bio'] })).toMatchObject({
      epochs: 2,
      batchSize: 8,
      seed: 3,
      resume: true,
      dev: ['dev.bio'],
    });
  });

  test('is refused if a choice is out of its bounds', async () => {
    place = await makeProject();
    expect(() => trainingJob(place, { ...wish, choices: { epochs: 0 } })).toThrow(UserError);
  });

  test.each([
    ['local', true],
    ['Nächster-2.1_x', true],
    ['', false],
    ['.hidden', false],
    ['a/b', false],
    ['..', false],
  ])('names its model with a name that can be a folder: %j is %s', async (name, expected) => {
    place = await makeProject();
    expect(isModelName(name)).toBe(expected);
  });
});
