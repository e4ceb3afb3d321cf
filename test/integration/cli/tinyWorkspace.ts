import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeTinyBase } from '../../unit/training/tinyBase.ts';
import { tinySentences } from '../../unit/training/tinyData.ts';

/**
 * A folder to train in: a tiny encoder in `base`, and in `train.bio` so many sentences that it can learn by heart.
 * To be removed when the tests are over.
 */
export async function tinyWorkspace(sentences: number): Promise<string> {
  const cwd = await mkdtemp(path.join(tmpdir(), 'chartmark-workspace-'));
  await writeTinyBase(path.join(cwd, 'base'));
  await writeFile(path.join(cwd, 'train.bio'), bio(tinySentences(sentences, 1)));
  return cwd;
}

/** Sentences as a BIO file. */
export function bio(
  sentences: readonly { readonly words: readonly string[]; readonly tags: readonly string[] }[],
) {
  return sentences
    .map(({ words, tags }) => words.map((word, i) => `${word}\t${tags[i]}\n`).join(''))
    .join('\n');
}
