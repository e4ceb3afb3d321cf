import path from 'node:path';
import type { LayoutChoice } from '../corpus/bio/format.ts';
import { checkText } from '../corpus/check/checkText.ts';
import type { CheckOptions } from '../corpus/check/options.ts';
import { fromUserError, type Problem } from '../corpus/problem.ts';
import { readUtf8 } from '../corpus/decode.ts';
import { expandPaths } from '../corpus/paths.ts';
import { readDocuments } from '../corpus/read.ts';
import { sniffFormat } from '../corpus/sniff.ts';
import { UserError } from '../foundation/userError.ts';
import { layoutChooser } from '../project/columnSettings.ts';
import { loadProject } from '../project/parseProject.ts';
import { newReading, runFolders } from '../runs/runFolders.ts';

interface Checked {
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  readonly problems: readonly Problem[];
}

interface CheckChoices {
  readonly projectFolder?: string | undefined;
  /** What a person said about the layout of the files. */
  readonly layout?: LayoutChoice | undefined;
}

/**
 * Checks the files at paths (see `expandPaths`). Unknown labels are reported if `projectFolder` is given. Throws `UserError`
 * for a path without files.
 */
export async function checkFiles(
  paths: readonly string[],
  { projectFolder, layout }: CheckChoices = {},
): Promise<Checked> {
  const project = projectFolder === undefined ? undefined : await loadProject(projectFolder);
  const options = project === undefined ? {} : { labels: project.entityTypes.map(({ name }) => name) };
  const layoutOf = layoutChooser(project?.columns ?? [], projectFolder ?? '.', layout);
  const found = await expandPaths(paths, runFolders);
  const problems: Problem[] = [];
  for (const { file } of found) {
    problems.push(...(await checkFile(file, { ...options, layout: layoutOf(file) })));
  }
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return { files: found.length, errors, warnings: problems.length - errors, problems };
}

async function checkFile(file: string, options: CheckOptions): Promise<readonly Problem[]> {
  try {
    const source = await readUtf8(file);
    if (sniffFormat(file, source) === 'i2b2') return await checkByReading(file);
    if (path.extname(file).toLowerCase() !== '.ann') return checkText(source, file, options);
    const text = await readUtf8(file.replace(/\.ann$/iu, '.txt'));
    return checkText(source, file, { ...options, text });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [fromUserError(error, error.place?.file ?? file, 'unreadable')];
  }
}

/** The problems of annotations that can only be read with the text beside them. */
async function checkByReading(file: string): Promise<readonly Problem[]> {
  const reading = newReading();
  await readDocuments([file], reading);
  return reading.problems;
}
