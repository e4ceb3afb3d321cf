import path from 'node:path';
import { UserError } from '../foundation/userError.ts';
import type { TrainJob } from '../process/protocol.ts';
import type { OpenProject } from '../project/projectPlaces.ts';
import { readTrainingChoices, type TrainingChoices } from '../project/trainingOptions.ts';
import { syntheticRuns } from './dataFiles.ts';
import { localModels, shippedEncoder } from './models.ts';

/** A file to train on, and whether it is used unless the user says otherwise. */
export interface TrainingFile {
  readonly file: string;
  readonly picked: boolean;
  /** Whether it holds the texts of a synthetic run. */
  readonly isRun: boolean;
}

/** Names of files that are meant to test on. */
const heldOut = /gold|test|dev|valid|pred/i;

/** Files to train on, the default first: the newest run, else files named for training, else all not named as held out. */
export function trainingFiles(
  runs: readonly string[],
  annotated: readonly string[],
): readonly TrainingFile[] {
  const named = annotated.filter((file) => /train/i.test(path.basename(file)));
  const usable = annotated.filter((file) => !heldOut.test(path.basename(file)));
  const newest = runs.slice(0, 1);
  const picked = new Set([newest, named, usable, annotated].find((files) => files.length > 0));
  return [...runs, ...annotated]
    .map((file, index) => ({ file, picked: picked.has(file), isRun: index < runs.length }))
    .sort((a, b) => Number(b.picked) - Number(a.picked));
}

/** The same for a project with these annotated files. Throws `UserError` if there is nothing to train on. */
export async function trainingFilesOf(
  { synthetic }: OpenProject,
  annotated: readonly string[],
): Promise<readonly TrainingFile[]> {
  const runs = (await syntheticRuns(synthetic)).map(({ accepted }) => accepted);
  const files = trainingFiles(runs, annotated);
  if (files.length > 0) return files;
  throw new UserError('There is nothing to train on yet.', {
    nextStep: 'Run "Chartmark: Generate Synthetic Notes" first, or put annotated files into the folder.',
  });
}

/** A checkpoint to start from. */
export interface BaseModel {
  readonly name: string;
  readonly folder: string;
  /** Named in chartmark.json, shipped with Chartmark, trained in this project, or an encoder without a task. */
  readonly kind: 'named' | 'shipped' | 'trained' | 'encoder';
}

/** The checkpoints to start from; that of the project's settings is the first and the default. */
export async function baseModels(
  { folder, project, models }: OpenProject,
  resources: string,
): Promise<readonly [BaseModel, ...BaseModel[]]> {
  const { base } = project.model;
  const isPath = base.includes('/') || base.includes('\\');
  const first: BaseModel = isPath
    ? { name: base, folder: path.resolve(folder, base), kind: 'named' }
    : { name: base, folder: shippedEncoder(resources, base), kind: 'shipped' };
  const own = (await localModels(models)).map((model): BaseModel => ({
    name: model.name,
    folder: model.folder,
    kind: model.runs ? 'trained' : 'encoder',
  }));
  return [first, ...own];
}

/** The default model name. Models of mentions and of relations work together, so they need different names. */
export function usualModelName({ project }: OpenProject, task: 'ner' | 're'): string {
  return task === 're' ? `${project.model.name}-relations` : project.model.name;
}

/** Whether a model can have this name: that of its folder. */
export function isModelName(name: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(name);
}

interface TrainingWish {
  readonly task: 'ner' | 're';
  readonly files: readonly string[];
  readonly dev?: readonly string[] | undefined;
  readonly base: string;
  /** The model's name: that of its folder among the project's models. */
  readonly name: string;
  /** What was chosen for this training, which takes precedence over chartmark.json. The values are not checked yet. */
  readonly choices: { readonly [K in keyof TrainingChoices]?: unknown };
}

/** The job of a training. Throws `UserError` for a choice that is out of its bounds. */
export function trainingJob(
  { folder, project, models }: OpenProject,
  { task, files, dev, base, name, choices }: TrainingWish,
): TrainJob {
  const chosen = Object.entries(choices).filter(([, value]) => value !== undefined);
  return {
    task,
    base,
    out: path.join(models, name),
    train: files,
    ...(dev === undefined ? {} : { dev }),
    projectFolder: folder,
    ...readTrainingChoices({ ...project.training, ...Object.fromEntries(chosen) }),
  };
}
