import { mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { replaceFolderAtomic, writeFileAtomic } from '../../../src/foundation/atomicFile.ts';
import { UserError } from '../../../src/foundation/userError.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartmark-atomic-'));
});

describe('writeFileAtomic', () => {
  test('makes the parent folders and leaves nothing beside the file', async () => {
    const file = path.join(folder, 'a', 'b', 'note.ann');
    await writeFileAtomic(file, 'T1\tDisease 0 4\tgout\n');
    expect(await readFile(file, 'utf8')).toBe('T1\tDisease 0 4\tgout\n');
    expect(await readdir(path.dirname(file))).toEqual(['note.ann']);
  });

  test('replaces an older file', async () => {
    const file = path.join(folder, 'x');
    await writeFileAtomic(file, 'old');
    await writeFileAtomic(file, 'new');
    expect(await readFile(file, 'utf8')).toBe('new');
  });

  test('names the file in the error when a part of the path is a file', async () => {
    await writeFile(path.join(folder, 'plain'), '');
    const file = path.join(folder, 'plain', 'x');
    const failure = writeFileAtomic(file, 'text');
    await expect(failure).rejects.toBeInstanceOf(UserError);
    await expect(failure).rejects.toMatchObject({ place: { file } });
  });
});

describe('replaceFolderAtomic', () => {
  test('puts the filled folder in the place of the old one', async () => {
    const target = path.join(folder, 'model');
    await replaceFolderAtomic(target, (staging) => writeFile(path.join(staging, 'old'), ''));
    await replaceFolderAtomic(target, (staging) => writeFile(path.join(staging, 'new'), ''));
    expect(await readdir(target)).toEqual(['new']);
    expect(await readdir(folder)).toEqual(['model']);
  });

  test('leaves the old folder as it was when filling fails', async () => {
    const target = path.join(folder, 'model');
    await replaceFolderAtomic(target, (staging) => writeFile(path.join(staging, 'kept'), '1'));
    const failing = replaceFolderAtomic(target, async (staging) => {
      await writeFile(path.join(staging, 'half'), '');
      throw new Error('training failed');
    });
    await expect(failing).rejects.toThrow('training failed');
    expect(await readdir(target)).toEqual(['kept']);
    expect(await readdir(folder)).toEqual(['model']);
  });
});
