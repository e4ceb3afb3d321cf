import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { OpenProject } from '../project/projectPlaces.ts';
import type { Predictor } from './evaluate.ts';
import { modelInUse, type ModelSelection, modelsForTask } from './models.ts';
import { freeName } from './freeNames.ts';

/** Candidates for the gold file, the most likely first: the open one, then by name. */
export function goldCandidates(annotated: readonly string[], active: string | undefined): readonly string[] {
  const rank = (file: string): number => {
    if (file === active) return 0;
    const name = path.basename(file);
    if (/gold|test/i.test(name)) return 1;
    if (/dev|valid/i.test(name)) return 2;
    return /pred|train/i.test(name) ? 4 : 3;
  };
  const files = active === undefined || annotated.includes(active) ? annotated : [active, ...annotated];
  return files.toSorted((a, b) => rank(a) - rank(b));
}

/** What can be scored against `gold`, the most likely first: the models, of which the one in use first, then files. */
export async function predictorCandidates(
  selection: ModelSelection & { readonly place: OpenProject },
  {
    annotated,
    gold,
    task,
  }: { readonly annotated: readonly string[]; readonly gold: string; readonly task: 'ner' | 're' },
): Promise<readonly Predictor[]> {
  const used = await modelInUse(selection, task);
  const folders = (await modelsForTask(selection.place.models, task)).map(({ folder }) => folder);
  const models = used === undefined ? folders : [used, ...folders.filter((folder) => folder !== used)];
  const files = annotated
    .filter((file) => file !== gold)
    .sort((a, b) => Number(isPrediction(b)) - Number(isPrediction(a)));
  return [
    ...models.map((folder) => ({ kind: 'model' as const, folder })),
    ...files.map((file) => ({ kind: 'files' as const, files: [file] })),
  ];
}

function isPrediction(file: string): boolean {
  return /pred|model/i.test(path.basename(file));
}

/** `gold-local`: what was scored on what, with a number if there is such a report in the folder `reports`. */
export async function reportName(reports: string, gold: string, predictor: Predictor): Promise<string> {
  const by =
    predictor.kind === 'model' ? path.basename(predictor.folder) : predictor.files.map(stem).join('-');
  const taken = await readdir(reports).catch(() => []);
  return freeName(`${stem(gold)}-${by}`, new Set(taken.map(stem)));
}

function stem(file: string): string {
  return path.basename(file, path.extname(file));
}
