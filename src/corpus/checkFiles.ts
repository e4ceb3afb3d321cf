import path from 'node:path';
import { UserError } from '../foundation/userError.ts';
import { type CheckOptions, checkText, type Problem } from './check.ts';
import { fromUserError } from './check/problem.ts';
import { readUtf8 } from './decode.ts';
import { expandPaths, type RunFolders } from './paths.ts';

/** The problems in the files behind some paths (see `expandPaths`), and the number of files. */
export async function checkFiles(
  paths: readonly string[],
  runs: RunFolders,
  options: Pick<CheckOptions, 'labels'> = {},
): Promise<{ readonly files: number; readonly problems: readonly Problem[] }> {
  const found = await expandPaths(paths, runs);
  const problems: Problem[] = [];
  for (const { file } of found) problems.push(...(await checkFile(file, options)));
  return { files: found.length, problems };
}

async function checkFile(file: string, options: CheckOptions): Promise<Problem[]> {
  try {
    const source = await readUtf8(file);
    if (path.extname(file).toLowerCase() !== '.ann') return checkText(source, file, options);
    const text = await readUtf8(file.replace(/\.ann$/iu, '.txt'));
    return checkText(source, file, { ...options, text });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [fromUserError(error, error.place?.file ?? file, 'unreadable')];
  }
}
