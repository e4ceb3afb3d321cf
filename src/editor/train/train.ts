import path from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../foundation/userError.ts';
import type { TrainJob } from '../../process/protocol.ts';
import { readTrainingChoices, type TrainingChoices } from '../../project/trainingOptions.ts';
import type { TrainResult } from '../../training/train.ts';
import { askOne, askSome, askText, type Choice, type Doubt } from '../ask.ts';
import { annotatedFiles, syntheticRuns } from '../dataFiles.ts';
import { localModels, requireTrust } from '../models.ts';
import { offer } from '../offer.ts';
import { openProject, type OpenProject } from '../projects.ts';
import type { Services } from '../services.ts';
import { duration } from '../../foundation/duration.ts';
import { percent } from '../../foundation/numbers.ts';
import { askToGoOn } from './goOn.ts';
import { trainingRunner } from './runTraining.ts';
import { taskFor } from './taskOf.ts';
import { type TrainingFile, trainingFiles } from './trainingFiles.ts';
import type { TrainingPanel } from './trainingPanel.ts';

interface TrainAnswers {
  /** What to learn from documents that state relations between their mentions; the mentions by default. */
  readonly task: 'ner' | 're';
  readonly files: readonly string[];
  readonly dev: readonly string[];
  /** Folder of the checkpoint to start from. */
  readonly base: string;
  /** Folder name below the project's models. */
  readonly name: string;
  readonly epochs: number;
  readonly seed: number;
  /** Whether a training of that name that was interrupted goes on. */
  readonly resume: boolean;
}

const title = 'Train Local Model';

/** `chartmark.train`: a model of the workspace's own, in the child process. */
export function registerTrain(services: Services, panel: TrainingPanel): vscode.Disposable {
  const runTraining = trainingRunner(services, panel);
  return services.commands.register('chartmark.train', async ({ answers, uri }) => {
    requireTrust();
    const place = await openProject(services.projects);
    const { name, ...job } = await trainingPlan(services, place, answers, uri?.fsPath);
    const result = await runTraining(name, job);
    showResult(services, name, result);
    return result;
  });
}

async function trainingPlan(
  { resources }: Services,
  place: OpenProject,
  answers: Partial<TrainAnswers> | undefined,
  clicked: string | undefined,
): Promise<TrainJob & { readonly name: string }> {
  const { project, models } = place;
  const shipped = vscode.Uri.joinPath(resources, 'models', project.model.base).fsPath;
  const files = answers?.files ?? (await filesToTrainOn(place, answers === undefined, clicked));
  const ask = answers === undefined;
  const task = await taskFor(files, async () => answers?.task ?? (ask ? askTask() : 'ner'));
  // Models of mentions and of relations work together, so one must not take the place of the other.
  const usualName = task === 're' ? `${project.model.name}-relations` : project.model.name;
  const bases = await baseChoices(place, shipped);
  const base = answers?.base ?? (answers === undefined ? await askBase(bases) : (bases[0]?.value ?? shipped));
  const name = answers?.name ?? (ask ? await askName(place, usualName) : usualName);
  const out = path.join(models, name);
  const resume = answers === undefined ? await askToGoOn(out, name) : (answers.resume ?? false);
  return {
    task,
    name,
    base,
    out,
    resume,
    train: files,
    ...(answers?.dev === undefined ? {} : { dev: answers.dev }),
    projectFolder: place.folder,
    ...project.training,
    ...trainingSettings(),
    ...(answers?.epochs === undefined ? {} : { epochs: answers.epochs }),
    ...(answers?.seed === undefined ? {} : { seed: answers.seed }),
  };
}

async function filesToTrainOn(
  place: OpenProject,
  ask: boolean,
  clicked: string | undefined,
): Promise<readonly string[]> {
  if (clicked !== undefined) return [clicked];
  const runs = (await syntheticRuns(place.synthetic)).map(({ accepted }) => accepted);
  const files = trainingFiles(runs, await annotatedFiles(place));
  if (files.length === 0) {
    throw new UserError('There is nothing to train on yet.', {
      nextStep: 'Run "Chartmark: Generate Synthetic Notes" first, or put annotated files into the folder.',
    });
  }
  if (!ask) return files.filter(({ picked }) => picked).map(({ file }) => file);
  return askSome(
    `${title} (1/3)`,
    'What should the model learn from? A part is held back to measure it.',
    files.map((file) => fileChoice(file, place.folder)),
  );
}

function fileChoice({ file, picked }: TrainingFile, folder: string): Choice<string> {
  const within = path.relative(folder, path.dirname(file));
  return path.basename(file) === 'accepted.jsonl'
    ? { label: path.basename(within), description: `synthetic notes in ${within}`, picked, value: file }
    : { label: path.basename(file), description: within, picked, value: file };
}

/** The project's base first. */
async function baseChoices(place: OpenProject, shipped: string): Promise<readonly Choice<string>[]> {
  const { base } = place.project.model;
  const own = path.resolve(place.folder, base);
  const isPath = base.includes('/') || base.includes('\\');
  const first: Choice<string> = isPath
    ? { label: base, description: 'the base that chartmark.json names', value: own }
    : { label: base, description: 'shipped with Chartmark', value: shipped };
  const trained = (await localModels(place.models)).map(({ name, folder, runs }) => ({
    label: name,
    description: runs ? 'a model of this workspace, trained further' : 'a base encoder of this workspace',
    value: folder,
  }));
  return [first, ...trained];
}

function askBase(choices: readonly Choice<string>[]): Promise<string> {
  return askOne(`${title} (2/3)`, 'Which model should it start from?', choices);
}

function askTask(): Promise<'ner' | 're'> {
  return askOne(title, 'What should the model learn? These files hold both.', [
    { label: 'Mentions', description: 'to find them in a text', value: 'ner' as const },
    { label: 'Relations', description: 'to join mentions that are found or given', value: 're' as const },
  ]);
}

async function askName({ models }: OpenProject, value: string): Promise<string> {
  const taken = new Set((await localModels(models)).map(({ name }) => name));
  const check = (text: string): Doubt => {
    const name = text.trim();
    if (!/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(name)) {
      return { severity: 'error', message: 'Letters, digits, ".", "_" and "-" make a name.' };
    }
    return taken.has(name)
      ? {
          severity: 'warning',
          message: `The model ${name} is there already and will be replaced when this one is done.`,
        }
      : undefined;
  };
  const prompt = 'What should the model be called? It becomes a folder of that name.';
  return askText({ title: `${title} (3/3)`, prompt, value, check });
}

/** What the settings of the editor say, which take precedence over the project's. Throws `UserError`. */
function trainingSettings(): TrainingChoices {
  const settings = vscode.workspace.getConfiguration('chartmark.training');
  const chosen = ['epochs', 'batchSize'].map(
    (name) => [name, settings.get<unknown>(name) ?? undefined] as const,
  );
  return readTrainingChoices(Object.fromEntries(chosen.filter(([, value]) => value !== undefined)));
}

function showResult({ log }: Services, name: string, { best, epochs, out, seconds }: TrainResult): void {
  const message =
    `Model ${name} is trained: F1 ${percent(best.devF1)} on the part held back ` +
    `(epoch ${best.epoch} of ${epochs.length}, ${duration(seconds)}).`;
  offer(log, 'info', message, [
    { title: 'Annotate Open File', run: () => vscode.commands.executeCommand('chartmark.annotate') },
    { title: 'Evaluate', run: () => vscode.commands.executeCommand('chartmark.evaluate') },
    {
      title: 'Model Card',
      run: () =>
        vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.file(path.join(out, 'README.md'))),
    },
  ]);
}
