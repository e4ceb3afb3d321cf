import type { Reading } from '../corpus/reading.ts';
import { loadProject } from '../project/parseProject.ts';
import { readingFor } from '../runs/runFolders.ts';

/** A reading of files for the project in a folder (see `readingFor`). Throws `UserError` if its chartmark.json is wrong. */
export async function projectReading(
  projectFolder: string,
  choices?: Parameters<typeof readingFor>[2],
): Promise<Reading> {
  return readingFor(await loadProject(projectFolder), projectFolder, choices);
}
