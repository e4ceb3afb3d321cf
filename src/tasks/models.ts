import path from 'node:path';
import { newestFirst } from '../foundation/readFiles.ts';
import { type ChartmarkModelInfo, readModelInfo, readModelTask } from '../model/folder.ts';
import { findGraph } from '../model/graphFile.ts';
import type { OpenProject } from '../project/projectPlaces.ts';

/** A model of a project: trained, or a base encoder to train on. */
export interface LocalModel {
  readonly name: string;
  readonly folder: string;
  /** Undefined if another program made the folder. */
  readonly info: ChartmarkModelInfo | undefined;
  /** Whether it can annotate: it has a graph. A base encoder that was downloaded has none. */
  readonly runs: boolean;
}

/** The model folders in `models`, the newest first. */
export async function localModels(models: string): Promise<readonly LocalModel[]> {
  const found = await newestFirst(models, (folder) => path.join(folder, 'config.json'));
  return Promise.all(
    found.map(async ({ name, file }) => {
      const folder = path.dirname(file);
      const info = await readModelInfo(folder).catch(() => undefined);
      return { name, folder, info, runs: (await findGraph(folder)) !== undefined };
    }),
  );
}

/** The models that can do a task, the newest first. */
export async function modelsForTask(models: string, task: 'ner' | 're'): Promise<readonly LocalModel[]> {
  return (await localModels(models)).filter(({ info, runs }) => runs && (info?.task ?? 'ner') === task);
}

/** What says which model is in use. */
export interface ModelSelection {
  /** Undefined if no folder is open: then only a setting with an absolute path counts. */
  readonly place: OpenProject | undefined;
  /** A model folder, which may be relative to the project's; empty if none was chosen. */
  readonly setting: string;
}

/**
 * The folder of the model in use for a task: that of the setting if it does this task, or the one that the project
 * names, or the newest. Undefined if there is none.
 */
export async function modelInUse(
  { place, setting }: ModelSelection,
  task: 'ner' | 're' = 'ner',
): Promise<string | undefined> {
  if (place === undefined) return task === 'ner' && path.isAbsolute(setting) ? setting : undefined;
  if (setting !== '') {
    const chosen = path.resolve(place.folder, setting);
    // A model that cannot be read stays chosen: using it will say what is wrong with it.
    if ((await readModelTask(chosen).catch(() => 'ner')) === task) return chosen;
  }
  const fitting = await modelsForTask(place.models, task);
  return (fitting.find(({ name }) => name === place.project.model.name) ?? fitting[0])?.folder;
}

/** The folder of an encoder that is shipped. `resources` is the folder of the package. */
export function shippedEncoder(resources: string, name = 'all-MiniLM-L6-v2'): string {
  return path.join(resources, 'models', name);
}
