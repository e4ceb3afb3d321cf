import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkReplaceable, removeModel } from '../../../src/model/ownFolder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartmark-own-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A folder with files of these names and contents; a name with a slash at its end is a folder. */
async function filled(files: Readonly<Record<string, string>>): Promise<string> {
  const place = path.join(folder, 'model');
  await mkdir(place);
  for (const [name, content] of Object.entries(files)) {
    if (name.endsWith('/')) await mkdir(path.join(place, name));
    else await writeFile(path.join(place, name), content);
  }
  return place;
}

const description = JSON.stringify({ task: 'ner', labels: ['O', 'B-Disease'], maxLength: 128 });
const model = { 'chartmark.json': description, 'config.json': '{}', 'model.onnx': 'x', 'vocab.txt': '' };

describe('a folder that a model would replace', () => {
  test.each<[string, Readonly<Record<string, string>>]>([
    ['is empty', {}],
    ['is a model that Chartmark trained', model],
    ['is one that a file manager has shown', { ...model, '.DS_Store': '' }],
  ])('may be deleted if it %s', async (_, files) => {
    await removeModel(await filled(files));
    expect(await readdir(folder)).toEqual([]);
  });

  test.each<[string, Readonly<Record<string, string>>, RegExp]>([
    [
      'a project',
      { 'chartmark.json': '{"version": 1, "entityTypes": []}', 'config.json': '{}' },
      /no chartmark\.json of a model/u,
    ],
    [
      'a model of another program',
      { 'config.json': '{}', 'model.safetensors': 'x' },
      /contains config\.json, model\.safetensors, but no/u,
    ],
    [
      'data beside the files of a model',
      { ...model, 'gold.bio': 'x' },
      /contains gold\.bio, which Chartmark did not put there/u,
    ],
    ['a hidden file', { ...model, '.env': 'x' }, /contains \.env,/u],
    [
      'a folder named like a file of a model',
      { 'chartmark.json': description, 'README.md/': '' },
      /contains README\.md,/u,
    ],
    ['many files', { a: '', b: '', c: '', d: '', e: '' }, /contains a, b, c and 2 more,/u],
  ])('is refused and kept if it holds %s', async (_, files, message) => {
    const place = await filled(files);
    await expect(removeModel(place)).rejects.toThrow(message);
    expect((await readdir(place)).sort()).toEqual(
      Object.keys(files)
        .map((name) => name.replace('/', ''))
        .sort(),
    );
  });

  test('is refused if it is a link to a folder that is not there', async () => {
    const link = path.join(folder, 'link');
    await symlink(path.join(folder, 'missing'), link);
    await expect(checkReplaceable(link)).rejects.toThrow(/link to a folder that does not exist/u);
  });
});
