import { readdir } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { describeProgress } from '../../generation/run/describeProgress.ts';
import type { GenerateResult } from '../../generation/run/generateTexts.ts';
import type { TextWish } from '../../tasks/generate.ts';
import { offer } from '../offer.ts';
import { withProgress } from '../progress.ts';
import { openProject } from '../projects.ts';
import type { OpenProject } from '../../project/projectPlaces.ts';
import { askConsent } from '../sending/askConsent.ts';
import { chooseWriter, type WriterKind } from '../sending/chooseModel.ts';
import { showDestination } from '../sending/destinationStatus.ts';
import type { Services } from '../services.ts';
import { askPlan, type Plan } from './askPlan.ts';
import { runName } from '../../tasks/freeNames.ts';
import { tellEnd } from './tellEnd.ts';

const title = 'Generate Synthetic Notes';

/** `chartmark.generate`: labelled synthetic notes into a new run folder. */
export function registerGenerate(services: Services): vscode.Disposable {
  return services.commands.register('chartmark.generate', async ({ answers }) => {
    const place = await openProject(services.projects);
    const { provider, count } = place.project.generation;
    const taken = new Set(await readdir(place.synthetic).catch(() => []));
    const defaults: Plan = {
      provider,
      task: 'ner',
      count,
      topicSource: 'project',
      // Another run asks for other notes, and yet the same steps give the same files.
      seed: taken.size + 1,
    };
    const resources = services.resources.fsPath;
    const plan: Plan =
      answers === undefined
        ? await askPlan(place, defaults, { title, resources })
        : { ...defaults, ...answers };
    const out = path.join(place.synthetic, runName(new Date(), plan.provider, taken));
    return writeRun(services, place, {
      wish: plan,
      writer: plan.provider,
      model: plan.model,
      out,
      resume: false,
    });
  });
}

interface RunWish {
  readonly wish: TextWish;
  readonly writer: WriterKind;
  /** Of the editor's language models: which one; the user is asked if undefined. */
  readonly model?: string | undefined;
  readonly out: string;
  readonly resume: boolean;
  /** The limit that was set for this run before it stopped. */
  readonly maxCostUsd?: number | undefined;
}

/** Writes or resumes a run after the user has agreed, and says what came of it. */
export async function writeRun(
  services: Services,
  { project }: Pick<OpenProject, 'project'>,
  run: RunWish,
): Promise<GenerateResult> {
  const { prepareGenerate } = await import('../../tasks/generate.ts');
  const { wish, out, resume } = run;
  const { disclosure, start } = await prepareGenerate({
    ...wish,
    project,
    resources: services.resources.fsPath,
    writer: await chooseWriter(services, run.writer, { project, model: run.model, seed: wish.seed }),
    out,
    resume,
    maxCostUsd: run.maxCostUsd,
  });
  const consent = await askConsent(disclosure);
  const { destination, model } = disclosure.model;
  const status = showDestination(destination, model);
  let accepted = 0;
  try {
    const { result, balance } = await withProgress('Generating synthetic notes', (signal, report) =>
      start(consent, {
        signal,
        onProgress: (progress) => {
          accepted = progress.accepted;
          report(describeProgress(progress), progress.accepted / wish.count);
        },
      }),
    );
    await tellEnd(services, result, balance);
    return result;
  } catch (error) {
    if (accepted > 0) {
      const again = { ...run, model, resume: true, maxCostUsd: consent.maxCostUsd };
      offerToResume(services, { project }, again, accepted);
    }
    throw error;
  } finally {
    status.dispose();
  }
}

/** A run that was cancelled or failed keeps what it has. */
function offerToResume(
  services: Services,
  place: Pick<OpenProject, 'project'>,
  again: RunWish,
  accepted: number,
): void {
  const shown = vscode.workspace.asRelativePath(again.out);
  const message = `Stopped: ${accepted} of ${again.wish.count} notes are kept in ${shown}.`;
  offer(services.log, 'info', message, [
    {
      title: 'Resume',
      run: () => services.commands.guard('chartmark.resumeRun', () => writeRun(services, place, again)),
    },
  ]);
}
