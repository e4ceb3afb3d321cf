import { tokenExamples } from '../corpus/examples.ts';
import { readUtf8 } from '../corpus/decode.ts';
import { expandPaths } from '../corpus/paths.ts';
import { readDocuments, readRelationRows, sniffFormat } from '../corpus/read.ts';
import type { RelationRow } from '../corpus/relationRows.ts';
import { loadProject } from '../project/parseProject.ts';
import { relationCandidates } from '../project/relationCandidates.ts';
import type { TrainingData } from '../training/options.ts';

/**
 * Reads the files of a training job. Relations come from rows as they are, and from annotated documents as
 * the candidate pairs of the project's relation types. Throws `UserError` naming what cannot be read.
 */
export async function readTrainingData(
  task: 'ner' | 're',
  paths: readonly string[],
  projectFolder: string,
): Promise<TrainingData> {
  if (task === 'ner') return { task, examples: tokenExamples(await readDocuments(paths)) };
  const project = await loadProject(projectFolder);
  const rows: RelationRow[] = [];
  for (const { file } of await expandPaths(paths)) {
    const isRows = sniffFormat(file, await readUtf8(file)) === 'relations';
    rows.push(
      ...(isRows ? await readRelationRows([file]) : relationCandidates(await readDocuments([file]), project)),
    );
  }
  return { task, rows };
}
