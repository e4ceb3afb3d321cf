import { readdir } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { describeProgress } from '../../generation/run/describeProgress.ts';
import type { GenerateOptions, GenerateResult } from '../../generation/run/generate.ts';
import type { RunPlan } from '../../generation/plan/planRequest.ts';
import { readArgument } from '../commandArgument.ts';
import { registerCommand } from '../commandRunner.ts';
import { offer } from '../offer.ts';
import { withProgress } from '../progress.ts';
import { openProject, type OpenProject } from '../projects.ts';
import type { Services } from '../services.ts';
import { askPlan, type Plan } from './askPlan.ts';
import { askToSend } from './consent.ts';
import { showDestination } from './destinationStatus.ts';
import { createWriter } from './providers.ts';
import { runName } from './runName.ts';
import { tellEnd } from './tellEnd.ts';

interface GenerateAnswers extends Plan {
  /** The folder of a run that was stopped, to go on with. */
  readonly run: string;
  /** The limit that it was begun with. */
  readonly maxCostUsd?: number;
}

const title = 'Generate Synthetic Notes';

/** `chartmark.generate`: labelled synthetic notes into a new run folder. */
export function registerGenerate(services: Services): vscode.Disposable {
  return registerCommand(services, 'chartmark.generate', async (argument) => {
    const place = await openProject(services.projects);
    const { project } = place;
    const { answers } = readArgument<GenerateAnswers>(argument);
    const resources = services.resources.fsPath;
    const taken = new Set(await readdir(place.synthetic).catch(() => []));
    // Another run asks for other notes, and yet the same steps give the same files.
    const defaults = { ...defaultPlan(place), seed: taken.size + 1 };
    const plan: Plan =
      answers === undefined
        ? await askPlan(place, defaults, { title, resources })
        : { ...defaults, ...answers };
    const { withTopicsFrom } = await import('../../generation/topics/chosenTopics.ts');
    const wanted = await withTopicsFrom({ ...plan, project }, plan.topicSource, resources);
    const resume = answers?.run;
    let maxCostUsd = answers?.maxCostUsd ?? project.generation.maxCostUsd;
    // The provider asks for consent and a key before anything is written or sent.
    const provider = await createWriter(services, plan, project, async (candidate, countedBy) => {
      const sending = { ...wanted, provider: candidate, ...(resume === undefined ? {} : { resume }) };
      maxCostUsd = await confirmRun(sending, maxCostUsd, countedBy);
    });
    const out = resume ?? path.join(place.synthetic, runName(new Date(), plan.provider, taken));
    const limit = maxCostUsd === undefined ? {} : { maxCostUsd };
    const run = { ...wanted, ...limit, provider, out, resume: resume !== undefined };
    return writeRun(services, run, { ...plan, ...limit, run: out, model: provider.model });
  });
}

/** Writes a run, tells what came of it, and offers to go on with it when it was stopped. */
async function writeRun(
  services: Services,
  options: GenerateOptions,
  again: GenerateAnswers,
): Promise<GenerateResult> {
  const { provider, count, out } = options;
  const [{ generate }, { planRun }, { writeRunReport }] = await Promise.all([
    import('../../generation/run/generate.ts'),
    import('../../generation/plan/planRun.ts'),
    import('../../generation/balance/balanceReport.ts'),
  ]);
  const status = showDestination(provider.destination, provider.model);
  let accepted = 0;
  try {
    const result = await withProgress('Generating synthetic notes', (signal, report) =>
      generate(options, {
        signal,
        onProgress: (progress) => {
          accepted = progress.accepted;
          report(describeProgress(progress), progress.accepted / count);
        },
      }),
    );
    await tellEnd(services, result, await writeRunReport(out, planRun(options)));
    return result;
  } catch (error) {
    if (accepted > 0) offerToGoOn(services, again, accepted);
    throw error;
  } finally {
    status.dispose();
  }
}

/** Asks before a run is begun or gone on with. Gives its limit of cost. */
async function confirmRun(
  sending: Omit<GenerateOptions, 'out' | 'resume'> & { readonly resume?: string },
  maxCostUsd: number | undefined,
  countedBy: vscode.LanguageModelChat | undefined,
): Promise<number | undefined> {
  const { provider, project, task, count } = sending;
  const [{ requirePrice }, { estimateRun }, { planRun }] = await Promise.all([
    import('../../llm/cost/requirePrice.ts'),
    import('../../generation/run/estimateRun.ts'),
    import('../../generation/plan/planRun.ts'),
  ]);
  // A limit that cannot be kept is told before anybody agrees to anything.
  requirePrice(provider, project.generation.prices, maxCostUsd);
  return askToSend(provider, {
    project,
    task,
    askedFor: `${count} ${task === 'ner' ? 'texts with marked mentions' : `sentences about ${relationNames(planRun(sending))}`}`,
    estimate: await estimateRun(sending),
    maxCostUsd,
    ...(countedBy === undefined ? {} : { countedBy }),
  });
}

function relationNames({ relations = [] }: RunPlan): string {
  return `the relation${relations.length === 1 ? '' : 's'} ${relations.map(({ name }) => name).join(', ')}`;
}

function defaultPlan({ project }: OpenProject): Omit<Plan, 'seed'> {
  const { provider, count } = project.generation;
  return { provider, task: 'ner', count, topicSource: 'project' };
}

/** A run that was cancelled or failed keeps what it has. */
function offerToGoOn({ log }: Services, again: GenerateAnswers, accepted: number): void {
  const shown = vscode.workspace.asRelativePath(again.run);
  offer(log, 'info', `Stopped: ${accepted} of ${again.count} notes are kept in ${shown}.`, [
    { title: 'Go On', run: () => vscode.commands.executeCommand('chartmark.generate', again) },
  ]);
}
