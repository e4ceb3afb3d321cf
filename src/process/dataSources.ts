import { runFolders } from '../runs/runFolders.ts';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expandPaths } from '../corpus/paths.ts';
import { findReview } from '../runs/review/decisions.ts';
import { sizeOfFile } from '../foundation/readFiles.ts';
import { asFileError } from '../foundation/userError.ts';
import type { DataSource } from '../model/folder.ts';

/**
 * The data sources for a model's record, one for each path. The hash of a file is the SHA-256 of its bytes, as `sha256sum`
 * prints it. The hash of a folder or glob is that of the list of its files as `sha256sum` prints it. The list includes the
 * review of a synthetic run, because the review changes the training data.
 */
export async function dataSources(
  paths: readonly string[],
  weights?: readonly number[],
): Promise<readonly DataSource[]> {
  const sources: DataSource[] = [];
  for (const [index, given] of paths.entries()) {
    const files = await expandPaths([given], runFolders);
    const lines: string[] = [];
    for (const { file, id } of files) {
      lines.push(`${await hashOf(file)}  ${id}${path.extname(file)}\n`);
      const review = await findReview(file);
      if (review !== undefined) {
        lines.push(
          `${await hashOf(review)}  ${path.posix.join(path.posix.dirname(id), path.basename(review))}\n`,
        );
      }
    }
    const [only = ''] = lines;
    const isFile = lines.length === 1 && files[0]?.named === true;
    sources.push({
      name: path.basename(path.resolve(given)),
      files: lines.length,
      sha256: isFile ? only.slice(0, 64) : createHash('sha256').update(lines.join('')).digest('hex'),
      ...(weights?.[index] === undefined ? {} : { weight: weights[index] }),
    });
  }
  return sources;
}

async function hashOf(file: string): Promise<string> {
  await sizeOfFile(file);
  const content = await readFile(file).catch((error: unknown) => {
    throw asFileError(error, file);
  });
  return createHash('sha256').update(content).digest('hex');
}
