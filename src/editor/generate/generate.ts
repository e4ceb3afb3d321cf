import { readdir } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../foundation/userError.ts';
import { describeProgress } from '../../synthesis/describeProgress.ts';
import type { Project } from '../../project/project.ts';
import type { GenerateResult } from '../../synthesis/generate.ts';
import { askText } from '../ask.ts';
import { readArgument } from '../commandArgument.ts';
import { registerCommand } from '../commandRunner.ts';
import { offer } from '../offer.ts';
import { withProgress } from '../progress.ts';
import { openProject, type OpenProject } from '../projects.ts';
import type { Services } from '../services.ts';
import { askProvider } from './askProvider.ts';
import { askToSend } from './consent.ts';
import { showDestination } from './destinationStatus.ts';
import { createProvider, type Confirm, type ProviderKind } from './providers.ts';
import { runName } from './runName.ts';

interface GenerateAnswers {
  readonly provider: ProviderKind;
  /** Of the editor's language models: which one; asked for when absent. */
  readonly model?: string;
  readonly task: 'ner' | 're';
  readonly count: number;
  readonly seed: number;
  /** The folder of a run that was stopped, to go on with. */
  readonly run: string;
}

type Plan = Omit<GenerateAnswers, 'run'>;

const title = 'Generate Synthetic Notes';
const mostTexts = 1_000_000;

/** `chartmark.generate`: labelled synthetic notes into a new run folder. */
export function registerGenerate(services: Services): vscode.Disposable {
  return registerCommand(services, 'chartmark.generate', async (argument) => {
    const place = await openProject(services.projects);
    const { answers } = readArgument<GenerateAnswers>(argument);
    const taken = new Set(await readdir(place.synthetic).catch(() => []));
    // Another run asks for other notes, and yet the same steps give the same files.
    const defaults = { ...defaultPlan(place), seed: taken.size + 1 };
    const plan = answers === undefined ? await askPlan(place, defaults) : { ...defaults, ...answers };
    // The provider asks for consent and a key before anything is written or sent.
    const provider = await createProvider(
      services,
      plan,
      place.project,
      confirmRun(place.project, { ...plan, ...(answers?.run === undefined ? {} : { run: answers.run }) }),
    );
    const status = showDestination(provider.destination, provider.model);
    const out = answers?.run ?? path.join(place.synthetic, runName(new Date(), plan.provider, taken));
    const { generate } = await import('../../synthesis/generate.ts');
    let accepted = 0;
    try {
      const result = await withProgress('Generating synthetic notes', (signal, report) =>
        generate(
          { ...plan, provider, project: place.project, out, resume: answers?.run !== undefined },
          {
            signal,
            onProgress: (progress) => {
              accepted = progress.accepted;
              report(describeProgress(progress), progress.accepted / plan.count);
            },
          },
        ),
      );
      showResult(services, result);
      return result;
    } catch (error) {
      if (accepted > 0) offerToGoOn(services, { ...plan, run: out, model: provider.model }, accepted);
      throw error;
    } finally {
      status.dispose();
    }
  });
}

/** Asks before a run is begun or gone on with. */
function confirmRun(project: Project, plan: Plan & { readonly run?: string }): Confirm {
  return async (provider, countedBy) => {
    const [{ runPrice }, { estimateRun }] = await Promise.all([
      import('../../synthesis/cost/runPrice.ts'),
      import('../../synthesis/cost/estimateRun.ts'),
    ]);
    // A limit that cannot be kept is told before anybody agrees to anything.
    runPrice(provider, project.generation, project.generation.maxCostUsd);
    const { task, count, run } = plan;
    await askToSend(provider, {
      project,
      task,
      askedFor: `${count} ${task === 'ner' ? 'texts with marked mentions' : 'sentences with relations'}`,
      estimate: await estimateRun({
        ...plan,
        provider,
        project,
        ...(run === undefined ? {} : { resume: run }),
      }),
      ...(countedBy === undefined ? {} : { countedBy }),
    });
  };
}

function defaultPlan({ project }: OpenProject): Omit<Plan, 'seed'> {
  const { provider, count } = project.generation;
  return { provider, task: 'ner', count };
}

async function askPlan(place: OpenProject, defaults: Plan): Promise<Plan> {
  const provider = await askProvider(place, {
    title: `${title} (1/2)`,
    placeHolder: 'Who writes the notes?',
    offline: true,
  });
  const count = await askText({
    title: `${title} (2/2)`,
    prompt: 'How many notes? A few hundred already train a model; more train a better one.',
    value: String(defaults.count),
    check: (text) =>
      isCount(text)
        ? undefined
        : { severity: 'error', message: `A whole number from 1 to ${mostTexts} is needed.` },
  });
  if (!isCount(count))
    throw new UserError('The number of notes is none.', { nextStep: 'Give a whole number.' });
  return { ...defaults, provider, count: Number(count) };
}

function isCount(text: string): boolean {
  return /^\s*\d+\s*$/.test(text) && Number(text) >= 1 && Number(text) <= mostTexts;
}

/** A run that was cancelled or failed keeps what it has. */
function offerToGoOn({ log }: Services, plan: GenerateAnswers, accepted: number): void {
  const shown = vscode.workspace.asRelativePath(plan.run);
  offer(log, 'info', `Stopped: ${accepted} of ${plan.count} notes are kept in ${shown}.`, [
    { title: 'Go On', run: () => vscode.commands.executeCommand('chartmark.generate', plan) },
  ]);
}

function showResult({ log }: Services, { folder, accepted, rejected }: GenerateResult): void {
  const file = vscode.Uri.file(path.join(folder, 'accepted.jsonl'));
  const message = `${accepted} notes accepted, ${rejected} rejected. Saved in ${vscode.workspace.asRelativePath(folder)}.`;
  offer(log, 'info', message, [
    { title: 'Show Notes', run: () => vscode.commands.executeCommand('chartmark.openAsBio', file) },
    { title: 'Train on Them', run: () => vscode.commands.executeCommand('chartmark.train') },
  ]);
}
