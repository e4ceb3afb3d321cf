import type { LayoutChoice } from '../corpus/bio/format.ts';
import type { Reading, ReadingChoices } from '../corpus/reading.ts';
import { columnChooser } from '../project/columnSettings.ts';
import { loadProject } from '../project/parseProject.ts';
import { newReading } from '../runs/runFolders.ts';

interface ProjectReadingChoices extends Pick<ReadingChoices, 'schemeFor'> {
  /** The columns of BIO files that a person named; those of chartmark.json where undefined. */
  readonly columns?: LayoutChoice | undefined;
}

/** A reading of files with the columns that the project names. Throws `UserError` if its chartmark.json is wrong. */
export async function projectReading(
  projectFolder: string,
  { columns, ...choices }: ProjectReadingChoices = {},
): Promise<Reading> {
  const project = await loadProject(projectFolder);
  return newReading({ ...choices, layoutOf: columnChooser(project.columns, projectFolder, columns) });
}
