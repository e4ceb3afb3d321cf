import path from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../foundation/userError.ts';
import { checkReplaceable } from '../../model/ownFolder.ts';
import type { TrainJob } from '../../process/protocol.ts';
import type { OpenProject } from '../../project/projectPlaces.ts';
import { taskFor } from '../../tasks/fileTask.ts';
import { canResume } from '../../tasks/resumable.ts';
import { localModels } from '../../tasks/models.ts';
import {
  type BaseModel,
  baseModels,
  isModelName,
  type TrainingFile,
  trainingFilesOf,
  trainingJob,
  usualModelName,
} from '../../tasks/trainingPlan.ts';
import { hasSavedRun } from '../../training/savedRun.ts';
import { askOne, askSome, askText, type Choice, type Doubt } from '../ask.ts';
import type { Answers } from '../commandTable.ts';
import { annotatedFiles } from '../findFiles.ts';
import { requireTrust } from '../trust.ts';
import { openProject } from '../projects.ts';
import type { Services } from '../services.ts';
import { trainingRunner } from './runTraining.ts';
import type { TrainingPanel } from './trainingPanel.ts';

const title = 'Train Local Model';

/** `chartmark.train`: a model of the workspace's own, in the child process. */
export function registerTrain(services: Services, panel: TrainingPanel): vscode.Disposable {
  const runTraining = trainingRunner(services, panel);
  return services.commands.register('chartmark.train', async ({ answers, uri }) => {
    requireTrust();
    const place = await openProject(services.projects);
    const { name, job } = await planTraining(services, place, { answers, clicked: uri?.fsPath });
    return runTraining(name, job);
  });
}

async function planTraining(
  { resources }: Services,
  place: OpenProject,
  {
    answers,
    clicked,
  }: {
    readonly answers: Answers<'chartmark.train'> | undefined;
    readonly clicked: string | undefined;
  },
): Promise<{ readonly name: string; readonly job: TrainJob }> {
  const ask = answers === undefined;
  const files = answers?.files ?? (clicked === undefined ? await chooseFiles(place, ask) : [clicked]);
  const task = await taskFor(files, async () => answers?.task ?? (ask ? askTask() : 'ner'));
  const bases = await baseModels(place, resources.fsPath);
  const base = answers?.base ?? (ask ? await askBase(bases) : bases[0].folder);
  const usualName = usualModelName(place, task);
  const name = answers?.name ?? (ask ? await askName(place, usualName) : usualName);
  const settings = vscode.workspace.getConfiguration('chartmark.training');
  const choices = {
    epochs: answers?.epochs ?? settings.get<unknown>('epochs') ?? undefined,
    batchSize: settings.get<unknown>('batchSize') ?? undefined,
    seed: answers?.seed,
  };
  const job = trainingJob(place, { task, files, dev: answers?.dev, base, name, choices });
  const resume = answers?.resume ?? (ask && (await askToResume(job, name)));
  return { name, job: resume ? { ...job, resume } : job };
}

async function chooseFiles(place: OpenProject, ask: boolean): Promise<readonly string[]> {
  const files = await trainingFilesOf(place, await annotatedFiles(place));
  if (!ask) return files.filter(({ picked }) => picked).map(({ file }) => file);
  return askSome(
    `${title} (1/3)`,
    'Which texts should the model learn from? A part is set aside to measure the result.',
    files.map((file) => fileChoice(file, place.folder)),
  );
}

function fileChoice({ file, picked, isRun }: TrainingFile, folder: string): Choice<string> {
  const within = path.relative(folder, path.dirname(file));
  return isRun
    ? { label: path.basename(within), description: `synthetic notes in ${within}`, picked, value: file }
    : { label: path.basename(file), description: within, picked, value: file };
}

const baseKinds = {
  named: 'the base model in chartmark.json',
  shipped: 'comes with Chartmark',
  trained: 'a model in this workspace, to be trained further',
  encoder: 'a base encoder in this workspace',
} as const satisfies Readonly<Record<BaseModel['kind'], string>>;

function askBase(bases: readonly BaseModel[]): Promise<string> {
  return askOne(
    `${title} (2/3)`,
    'Which model should it start from?',
    bases.map(({ name, folder, kind }) => ({ label: name, description: baseKinds[kind], value: folder })),
  );
}

function askTask(): Promise<'ner' | 're'> {
  return askOne(title, 'What should the model learn? These files contain both.', [
    { label: 'Mentions', description: 'to find them in a text', value: 'ner' as const },
    { label: 'Relations', description: 'between mentions that are found or annotated', value: 're' as const },
  ]);
}

async function askName({ models }: OpenProject, value: string): Promise<string> {
  const found = await localModels(models);
  const taken = new Set(found.map(({ name }) => name));
  const kept = new Map<string, string>();
  for (const { name, folder } of found) {
    await checkReplaceable(folder).catch((error: unknown) => {
      if (!(error instanceof UserError)) throw error;
      kept.set(name, error.message);
    });
  }
  const check = (text: string): Doubt => {
    const name = text.trim();
    if (!isModelName(name)) {
      return {
        severity: 'error',
        message: 'Use letters, digits, ".", "_" and "-"; begin with a letter or digit.',
      };
    }
    const inTheWay = kept.get(name);
    if (inTheWay !== undefined) return { severity: 'error', message: inTheWay };
    return taken.has(name)
      ? {
          severity: 'warning',
          message: `A model named ${name} exists. It will be replaced when this training is finished.`,
        }
      : undefined;
  };
  const prompt = 'Name of the model. It is also the name of its folder.';
  return askText({ title: `${title} (3/3)`, prompt, value, check });
}

/**
 * Asks whether to resume an interrupted training of this model, if there is one. Where it was about other texts or settings,
 * it can only be begun anew.
 */
async function askToResume(job: TrainJob, name: string): Promise<boolean> {
  if (!(await hasSavedRun(job.out))) return false;
  const isPossible = await canResume(job);
  const question = isPossible
    ? 'A training of this name was interrupted.'
    : 'A training of this name was interrupted. It had other texts or settings, so it cannot be resumed with these.';
  return askOne(`Train ${name}`, question, [
    ...(isPossible
      ? [{ label: 'Resume', description: 'continue with the same files, encoder and settings', value: true }]
      : []),
    { label: 'Start Over', description: 'the training so far is lost', value: false },
  ]);
}
