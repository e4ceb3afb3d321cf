import { rm } from 'node:fs/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { UserError } from '../../../src/foundation/userError.ts';
import { chooseNoteModels, type MentionSource } from '../../../src/tasks/noteModels.ts';
import { makeProject, trainedModel } from './projectFolder.ts';

let place: Awaited<ReturnType<typeof makeProject>>;
afterEach(() => rm(place.folder, { recursive: true }));

const text = 'He has gout.\n';
const annotated = { 'visit.txt': text, 'visit.ann': 'T1\tDisease 7 11\tgout\n' };
const both = { ...trainedModel('local', 'ner'), ...trainedModel('pairs', 're') };

/** The models for visit.txt. */
function choose(wish: Partial<Parameters<typeof chooseNoteModels>[0]> = {}) {
  const note = { file: place.at('visit.txt'), isOnDisk: true, text, hasUnsavedChanges: false };
  return chooseNoteModels({ place, setting: '', note, ...wish });
}

describe('the models for a note', () => {
  test.each([
    ['visit.txt', '1|t|Gout.\n1|a|\n1\t0\t4\tGout\tDisease\tD1\n', 'holds annotated texts'],
    ['visit.xml', '<?xml version="1.0"?>\n<note>Gout.</note>\n', 'is XML'],
    ['visit.txt', '{"text":"Gout."}\n', 'holds annotated texts'],
  ])('are refused for %s, which is not a plain note', async (name, content, reason) => {
    place = await makeProject({ [name]: content, ...trainedModel('local', 'ner') });
    const note = { file: place.at(name), isOnDisk: true, text: content, hasUnsavedChanges: false };
    await expect(choose({ note })).rejects.toThrow(reason);
  });

  test('are none in a project without models', async () => {
    place = await makeProject(annotated);
    expect(await choose()).toBeUndefined();
  });

  test('are the one for mentions alone if there is none for relations, whatever the .ann file says', async () => {
    place = await makeProject({ ...annotated, ...trainedModel('local', 'ner') });
    expect(await choose()).toEqual({ mentions: { kind: 'model', folder: place.at('models', 'local') } });
  });

  test('take the mentions that a model finds, or those of the .ann file if that is wanted', async () => {
    place = await makeProject({ ...annotated, ...both });
    const relations = place.at('models', 'pairs');
    const mentions = { kind: 'model', folder: place.at('models', 'local') };
    expect(await choose()).toEqual({ mentions, relations });
    expect(await choose({ mentions: 'file' })).toMatchObject({ mentions: { kind: 'file' }, relations });
  });

  test('take the mentions of the .ann file if a model for relations is named', async () => {
    place = await makeProject({ ...annotated, ...both });
    const chosen = await choose({ model: place.at('models', 'pairs') });
    expect(chosen?.mentions).toMatchObject({ kind: 'file', document: { spans: [{ label: 'Disease' }] } });
  });

  test('are what a person chooses if there are both kinds of mentions, and only then', async () => {
    place = await makeProject({ ...annotated, ...both });
    const asked: (readonly MentionSource[])[] = [];
    const ask = async (sources: readonly MentionSource[]): Promise<MentionSource> => {
      asked.push(sources);
      return sources[1] as MentionSource;
    };
    expect((await choose({ choose: ask }))?.mentions.kind).toBe('file');
    const note = { file: place.at('other.txt'), isOnDisk: true, text, hasUnsavedChanges: false };
    expect((await choose({ note, choose: ask }))?.mentions.kind).toBe('model');
    expect(asked.map((sources) => sources.map(({ kind }) => kind))).toEqual([['model', 'file']]);
  });

  test('are refused if there is a model for relations and there are no mentions', async () => {
    place = await makeProject({ 'visit.txt': text, ...trainedModel('pairs', 're') });
    await expect(choose()).rejects.toThrow(UserError);
  });

  test('are refused if the note has changes that its .ann file cannot know', async () => {
    place = await makeProject({ ...annotated, ...both });
    const note = { file: place.at('visit.txt'), isOnDisk: true, text, hasUnsavedChanges: true };
    await expect(choose({ note })).rejects.toThrow(/unsaved changes/);
  });
});
