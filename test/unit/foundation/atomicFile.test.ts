import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { replaceFolderAtomic, writeFileAtomic } from '../../../src/foundation/atomicFile.ts';
import { UserError } from '../../../src/foundation/userError.ts';

/** Every folder may be replaced. */
const always = (): Promise<void> => Promise.resolve();

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartmark-atomic-'));
});

describe('writeFileAtomic', () => {
  test('creates the parent folders and leaves nothing next to the file', async () => {
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
  test('replaces the old folder with the filled one', async () => {
    const target = path.join(folder, 'model');
    await replaceFolderAtomic(target, always, (staging) => writeFile(path.join(staging, 'old'), ''));
    await replaceFolderAtomic(target, always, (staging) => writeFile(path.join(staging, 'new'), ''));
    expect(await readdir(target)).toEqual(['new']);
    expect(await readdir(folder)).toEqual(['model']);
  });

  test('leaves the old folder unchanged if filling fails', async () => {
    const target = path.join(folder, 'model');
    await replaceFolderAtomic(target, always, (staging) => writeFile(path.join(staging, 'kept'), '1'));
    const failing = replaceFolderAtomic(target, always, async (staging) => {
      await writeFile(path.join(staging, 'half'), '');
      throw new Error('training failed');
    });
    await expect(failing).rejects.toThrow('training failed');
    expect(await readdir(target)).toEqual(['kept']);
    expect(await readdir(folder)).toEqual(['model']);
  });

  test.skipIf(process.platform !== 'linux')(
    'leaves the old folder unchanged if the disk is full',
    async () => {
      const target = path.join(folder, 'model');
      await replaceFolderAtomic(target, always, (staging) => writeFile(path.join(staging, 'kept'), '1'));
      const failing = replaceFolderAtomic(target, always, async (staging) => {
        // Writing there fails as on a disk without a free byte.
        await symlink('/dev/full', path.join(staging, 'weights'));
        await writeFile(path.join(staging, 'weights'), 'much');
      });
      await expect(failing).rejects.toMatchObject({
        message: 'The disk is full.',
        place: { file: target },
        nextStep: 'Free some space and try again.',
      });
      expect(await readdir(target)).toEqual(['kept']);
      expect(await readdir(folder)).toEqual(['model']);
    },
  );

  test('reports a failure at the final place of a file, not at the temporary one', async () => {
    const target = path.join(folder, 'model');
    const failing = replaceFolderAtomic(target, always, (staging) =>
      Promise.reject(
        new UserError('Too much.', { place: { file: path.join(staging, 'x') }, nextStep: 'Wait.' }),
      ),
    );
    await expect(failing).rejects.toMatchObject({
      place: { file: path.join(target, 'x') },
      nextStep: 'Wait.',
    });
  });

  test('removes what a killed process left half-filled and keeps everything else', async () => {
    const target = path.join(folder, 'model');
    await mkdir(path.join(folder, `.model.${randomUUID()}.new`));
    await mkdir(path.join(folder, '.model.training'));
    await mkdir(path.join(folder, `.other.${randomUUID()}.new`));
    await replaceFolderAtomic(target, always, (staging) => writeFile(path.join(staging, 'new'), ''));
    const names = await readdir(folder);
    expect(names).toHaveLength(3);
    expect(names).toEqual(expect.arrayContaining(['.model.training', 'model']));
  });

  test('puts the old folder back when a process was killed between its two moves', async () => {
    const target = path.join(folder, 'model');
    const old = path.join(folder, `.model.${randomUUID()}.old`);
    await mkdir(old);
    await writeFile(path.join(old, 'kept'), '1');
    const failing = replaceFolderAtomic(target, always, () => Promise.reject(new Error('fails again')));
    await expect(failing).rejects.toThrow('fails again');
    expect(await readdir(target)).toEqual(['kept']);
  });
});

describe('writeFileAtomic in pieces', () => {
  test('writes them one after the other', async () => {
    const file = path.join(folder, 'pieces');
    await writeFileAtomic(file, [Buffer.from('a'), Buffer.from('bc')]);
    expect(await readFile(file, 'utf8')).toBe('abc');
  });
});
