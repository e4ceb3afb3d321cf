import { rm } from 'node:fs/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { localModels, modelInUse } from '../../../src/tasks/models.ts';
import { baseEncoder, makeProject, trainedModel } from './projectFolder.ts';

let place: Awaited<ReturnType<typeof makeProject>>;
afterEach(() => rm(place.folder, { recursive: true }));

describe('the models of a project', () => {
  test('are the folders with a config.json, the newest first; an encoder cannot run', async () => {
    place = await makeProject({
      ...trainedModel('old', 'ner'),
      ...baseEncoder('encoder'),
      ...trainedModel('new', 're'),
      'models/notes/README.md': 'no model',
      'models/.hidden/config.json': '{}',
    });
    const found = await localModels(place.models);
    expect(found.map(({ name, runs, info }) => [name, runs, info?.task])).toEqual([
      ['new', true, 're'],
      ['encoder', false, undefined],
      ['old', true, 'ner'],
    ]);
  });

  test('are none if there is no such folder', async () => {
    place = await makeProject();
    expect(await localModels(place.models)).toEqual([]);
  });
});

describe('the model in use', () => {
  test('is the one of the setting, which may be relative to the project', async () => {
    place = await makeProject({ ...trainedModel('local', 'ner'), ...trainedModel('other', 'ner') });
    expect(await modelInUse({ place, setting: 'models/other' })).toBe(place.at('models', 'other'));
    expect(await modelInUse({ place, setting: place.at('models', 'other') })).toBe(
      place.at('models', 'other'),
    );
  });

  test('is the one that chartmark.json names, or else the newest', async () => {
    const models = { ...trainedModel('local', 'ner'), ...trainedModel('newer', 'ner') };
    place = await makeProject(models);
    expect(await modelInUse({ place, setting: '' })).toBe(place.at('models', 'local'));
    await rm(place.folder, { recursive: true });
    place = await makeProject({ ...models, 'chartmark.json': '{"model":{"name":"gone"}}' });
    expect(await modelInUse({ place, setting: '' })).toBe(place.at('models', 'newer'));
  });

  test('does the task that is asked for', async () => {
    place = await makeProject({ ...trainedModel('local', 'ner'), ...trainedModel('pairs', 're') });
    expect(await modelInUse({ place, setting: '' }, 're')).toBe(place.at('models', 'pairs'));
    expect(await modelInUse({ place, setting: 'models/pairs' })).toBe(place.at('models', 'local'));
    expect(await modelInUse({ place, setting: 'models/local' }, 're')).toBe(place.at('models', 'pairs'));
  });

  test('stays the chosen one if it cannot be read, so that using it reports why', async () => {
    place = await makeProject(trainedModel('local', 'ner'));
    expect(await modelInUse({ place, setting: 'models/gone' })).toBe(place.at('models', 'gone'));
  });

  test('is never a base encoder', async () => {
    place = await makeProject(baseEncoder('local'));
    expect(await modelInUse({ place, setting: '' })).toBeUndefined();
  });

  test('without an open folder is that of a setting with an absolute path', async () => {
    place = await makeProject();
    expect(await modelInUse({ place: undefined, setting: place.folder })).toBe(place.folder);
    expect(await modelInUse({ place: undefined, setting: 'models/local' })).toBeUndefined();
    expect(await modelInUse({ place: undefined, setting: place.folder }, 're')).toBeUndefined();
  });
});
