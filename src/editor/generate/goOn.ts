import path from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../foundation/userError.ts';
import type { NameSource } from '../../synthesis/chosenNames.ts';
import type { PlanOptions } from '../../synthesis/planRun.ts';
import { askText } from '../ask.ts';
import { askRun } from '../askRun.ts';
import { readArgument } from '../commandArgument.ts';
import { type Outcome, registerCommand } from '../commandRunner.ts';
import { openProject } from '../projects.ts';
import type { Services } from '../services.ts';
import { isCount } from './askPlan.ts';

interface GoOnAnswers {
  /** The folder of the run. */
  readonly folder: string;
  /** Accepted texts wanted in all. */
  readonly count: number;
}

/**
 * `chartmark.goOnWithRun`: goes on with a run that was stopped, or has it write more. As with a new one, nothing is sent
 * before the user agrees.
 */
export function registerGoOnWithRun(services: Services): vscode.Disposable {
  return registerCommand(services, 'chartmark.goOnWithRun', async (argument) => {
    const { answers, uri } = readArgument<GoOnAnswers>(argument);
    const place = await openProject(services.projects);
    // A run is shown by its accepted texts.
    const clicked = uri === undefined ? undefined : path.dirname(uri.fsPath);
    const folder = answers?.folder ?? clicked ?? (await askRun('Go On with a Run', place));
    const { readRunDescription } = await import('../../synthesis/batch/runDescription.ts');
    const description = await readRunDescription(folder);
    const { task, provider, model, seed, settings, count: wanted } = description;
    if (task === undefined || provider === undefined || seed === undefined || wanted === undefined) {
      throw new UserError('This file does not say how the run was begun.', {
        place: { file: path.join(folder, 'run.json') },
        nextStep: 'Start a new run.',
      });
    }
    const count = answers?.count ?? (await askCount(path.basename(folder), wanted));
    const plan = { task, project: place.project, count, seed };
    const nameSource = await namesOf(plan, settings, services.resources.fsPath);
    const again = { provider, model, task, count, seed, nameSource, run: folder };
    return vscode.commands.executeCommand<Outcome<unknown>>('chartmark.generate', again);
  });
}

async function askCount(name: string, wanted: number): Promise<number> {
  const count = await askText({
    title: `Go On with ${name}`,
    prompt: `How many notes in all? It was begun for ${wanted}. What it has is kept, and no reply is paid for twice.`,
    value: String(wanted),
    check: (text) =>
      isCount(text) ? undefined : { severity: 'error', message: 'A whole number is needed.' },
  });
  return Number(count);
}

/** Where its names came from: whichever names give the settings that it was begun with. */
async function namesOf(
  plan: PlanOptions,
  settings: string | undefined,
  resources: string,
): Promise<NameSource> {
  const [{ withChosenNames }, { settingsDigest }, { planRun }] = await Promise.all([
    import('../../synthesis/chosenNames.ts'),
    import('../../synthesis/describeRun.ts'),
    import('../../synthesis/planRun.ts'),
  ]);
  const fromLexicon = await withChosenNames(plan, 'lexicon', resources);
  return settingsDigest(planRun(fromLexicon)) === settings ? 'lexicon' : 'project';
}
