import { chmod, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { copyIfThere } from '../../../src/model/copiedFile.ts';
import { exportTokenizer } from '../../../src/training/exportTokenizer.ts';
import { complaint } from './complaint.ts';
import { temporaryFolder } from './tinyModel.ts';

describe.skipIf(process.platform === 'win32')('a file of a model folder that is a link', () => {
  it.each(['LICENSE', 'vocab.txt', 'tokenizer_config.json'])(
    'to a file outside the folder is not copied: %s',
    async (name) => {
      const [base, elsewhere, target] = [
        await temporaryFolder(),
        await temporaryFolder(),
        await temporaryFolder(),
      ];
      await writeFile(path.join(elsewhere, 'private'), 'a private text');
      await symlink(path.join(elsewhere, 'private'), path.join(base, name));
      const { file, text } = await complaint(
        exportTokenizer(base, target, 'bert', { kind: 'tokens', labels: 3 }),
      );
      expect(file).toBe(name);
      expect(text).toContain('outside the model folder');
    },
  );

  it('to a folder whose name begins like that of the model is not followed either', async () => {
    const parent = await temporaryFolder();
    await mkdir(path.join(parent, 'model'));
    await mkdir(path.join(parent, 'model-2'));
    await writeFile(path.join(parent, 'model-2', 'NOTICE'), 'other');
    await symlink('../model-2/NOTICE', path.join(parent, 'model', 'NOTICE'));
    await complaint(copyIfThere(path.join(parent, 'model'), 'NOTICE', parent));
  });

  it('to a file in the folder is copied as a file', async () => {
    const [base, target] = [await temporaryFolder(), await temporaryFolder()];
    await mkdir(path.join(base, 'original'));
    await writeFile(path.join(base, 'original', 'terms'), 'MIT');
    await symlink('original/terms', path.join(base, 'LICENSE'));
    expect(await copyIfThere(base, 'LICENSE', target)).toBe(true);
    expect(await readFile(path.join(target, 'LICENSE'), 'utf8')).toBe('MIT');
  });

  it('to a blob of the same model in the cache of Hugging Face is copied, to one of another model is not', async () => {
    const [cache, target] = [await temporaryFolder(), await temporaryFolder()];
    const snapshot = path.join(cache, 'models--a--b', 'snapshots', '0f1e');
    await mkdir(snapshot, { recursive: true });
    for (const model of ['models--a--b', 'models--c--d']) {
      await mkdir(path.join(cache, model, 'blobs'), { recursive: true });
      await writeFile(path.join(cache, model, 'blobs', 'ab12'), model);
    }
    await symlink('../../blobs/ab12', path.join(snapshot, 'vocab.txt'));
    await symlink('../../../models--c--d/blobs/ab12', path.join(snapshot, 'LICENSE'));
    expect(await copyIfThere(snapshot, 'vocab.txt', target)).toBe(true);
    expect(await readFile(path.join(target, 'vocab.txt'), 'utf8')).toBe('models--a--b');
    await complaint(copyIfThere(snapshot, 'LICENSE', target));
    // The person may name the snapshot by a link of their own.
    const linked = path.join(target, 'linked');
    await symlink(snapshot, linked);
    expect(await copyIfThere(linked, 'vocab.txt', target)).toBe(true);
  });

  it('that leads to nothing counts as missing', async () => {
    const base = await temporaryFolder();
    await symlink('nowhere', path.join(base, 'LICENSE'));
    expect(await copyIfThere(base, 'LICENSE', base)).toBe(false);
  });
});

it('a copy can be changed, even if the original is read-only', async () => {
  const [base, target] = [await temporaryFolder(), await temporaryFolder()];
  await writeFile(path.join(base, 'tokenizer_config.json'), '{}');
  await chmod(path.join(base, 'tokenizer_config.json'), 0o444);
  await copyIfThere(base, 'tokenizer_config.json', target);
  expect((await stat(path.join(target, 'tokenizer_config.json'))).mode & 0o200).toBe(0o200);
});
