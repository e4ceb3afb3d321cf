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
 * the candidate pairs of the project's relation types. `weights` has one for each path. Throws `UserError`
 * naming what cannot be read.
 */
export async function readTrainingData(
  task: 'ner' | 're',
  paths: readonly string[],
  projectFolder: string,
  weights?: readonly number[],
): Promise<TrainingData> {
  if (weights === undefined) return readUnweighted(task, paths, projectFolder);
  const parts: TrainingData[] = [];
  for (const [index, file] of paths.entries()) {
    const weight = weights[index] ?? 1;
    const data = await readUnweighted(task, [file], projectFolder);
    parts.push(
      data.task === 'ner'
        ? { task: data.task, examples: weighted(data.examples, weight) }
        : { task: data.task, rows: weighted(data.rows, weight) },
    );
  }
  return task === 'ner'
    ? { task, examples: parts.flatMap((part) => (part.task === 'ner' ? part.examples : [])) }
    : { task, rows: parts.flatMap((part) => (part.task === 're' ? part.rows : [])) };
}

async function readUnweighted(
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

function weighted<T extends object>(items: readonly T[], weight: number): (T & { weight: number })[] {
  return items.map((item) => Object.assign({ weight }, item));
}
