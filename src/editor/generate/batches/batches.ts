import { readdir } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { counted, plural } from '../../../foundation/numbers.ts';
import { UserError } from '../../../foundation/userError.ts';
import type { Batch } from '../../../runs/batches/batchList.ts';
import { askOne } from '../../ask.ts';
import { offer } from '../../offer.ts';
import { withProgress } from '../../progress.ts';
import { openProject } from '../../projects.ts';
import type { OpenProject } from '../../../project/projectPlaces.ts';
import type { Services } from '../../services.ts';
import { askPlan } from '../askPlan.ts';
import { runName } from '../../../tasks/freeNames.ts';
import { openBatchWork, planningProvider } from './batchWork.ts';
import { submitRun } from './submit.ts';
import { takeInRun } from './takeInRun.ts';

type Action = 'submit' | 'takeIn' | 'cancel';

const title = 'Manage Batches';

/** `chartmark.manageBatches`: a run whose requests a service works off in files: written, submitted, followed, taken in. */
export function registerBatches(services: Services): vscode.Disposable {
  return services.commands.register('chartmark.manageBatches', async ({ answers }) => {
    const place = await openProject(services.projects);
    const chosen = answers?.folder ?? (await askBatchRun(place));
    const { project } = place;
    if (chosen === undefined) return beginRun(services, place);
    const folder = chosen;
    const action = answers?.action ?? (await askAction(folder));
    if (action === 'submit') await submitRun(services, project, folder);
    if (action === 'takeIn') await takeInRun(services, project, folder);
    if (action === 'cancel') await cancelRun(services, place, folder);
    return folder;
  });
}

/** The run that is meant; nothing for a new one, which is no question where there is none. */
async function askBatchRun({ synthetic }: OpenProject): Promise<string | undefined> {
  const { readBatches } = await import('../../../runs/batches/batchList.ts');
  const runs: { label: string; description: string; value: string }[] = [];
  const entries = await readdir(synthetic, { withFileTypes: true }).catch(() => []);
  for (const { name } of entries.filter((entry) => entry.isDirectory())) {
    const folder = path.join(synthetic, name);
    const batches = await readBatches(folder);
    if (batches.length > 0) runs.unshift({ label: name, description: stateOf(batches), value: folder });
  }
  if (runs.length === 0) return undefined;
  return askOne<string | undefined>(title, 'Which run?', [
    ...runs,
    {
      label: 'New run in batches',
      description: 'worked off within a day, often at half the price',
      value: undefined,
    },
  ]);
}

function stateOf(batches: readonly Batch[]): string {
  const states = batches.map(({ service, isClosed }) =>
    isClosed === true ? 'settled' : (service?.status ?? 'not submitted'),
  );
  return [...Map.groupBy(states, (state) => state)]
    .map(([state, all]) => `${all.length} ${state}`)
    .join(', ');
}

async function askAction(folder: string): Promise<Action> {
  const [{ readBatches }, { isFinal }] = await Promise.all([
    import('../../../runs/batches/batchList.ts'),
    import('../../../llm/batch/batchService.ts'),
  ]);
  const batches = await readBatches(folder);
  const open = batches.filter(({ isClosed }) => isClosed !== true);
  const waiting = open.filter(({ service }) => service === undefined);
  const working = open.filter(({ service }) => service !== undefined && !isFinal(service));
  const actions: { label: string; detail: string; value: Action }[] = [];
  if (open.length > waiting.length) {
    actions.push({
      label: 'Take in what is done',
      detail: 'Asks the service how the batches do.',
      value: 'takeIn',
    });
  }
  if (waiting.length > 0) {
    actions.push({
      label: `Submit ${counted(waiting.length, 'batch', 'batches')}`,
      detail: 'After you agree.',
      value: 'submit',
    });
  }
  if (working.length > 0) {
    actions.push({
      label: 'Cancel at the service',
      detail: 'What is done by then can be taken in.',
      value: 'cancel',
    });
  }
  if (actions.length > 0)
    return askOne<Action>(
      `${title}: ${path.basename(folder)}`,
      `What now? At the service: ${stateOf(batches)}.`,
      actions,
    );
  throw new UserError(`All batches of ${path.basename(folder)} are taken in.`, {
    nextStep: 'Run "Chartmark: Resume Run" when it shall have more texts.',
  });
}

/** A new run, submitted after a yes. Gives its folder. */
async function beginRun(services: Services, place: OpenProject): Promise<string> {
  const { folder, written } = await writeRun(services, place);
  try {
    await submitRun(services, place.project, folder);
  } catch (error) {
    offer(services.log, 'info', written, []);
    throw error;
  }
  return folder;
}

/** A new run whose requests are in files; what is written in words. Sends nothing. */
async function writeRun(services: Services, place: OpenProject) {
  const { project, synthetic } = place;
  const provider = await planningProvider(project);
  const resources = services.resources.fsPath;
  const taken = new Set(await readdir(synthetic).catch(() => []));
  const plan = await askPlan(
    place,
    {
      provider: 'openai',
      task: 'ner',
      count: project.generation.count,
      seed: taken.size + 1,
      topicSource: 'project',
    },
    { title: 'New Run in Batches', resources, provider: 'openai' },
  );
  const [{ withTopicsFrom }, { withRun }, { writeBatches }] = await Promise.all([
    import('../../../generation/topics/chosenTopics.ts'),
    import('../../../generation/run/openRun.ts'),
    import('../../../generation/batches/writeBatches.ts'),
  ]);
  const wanted = await withTopicsFrom({ ...plan, project }, plan.topicSource, resources);
  const out = path.join(synthetic, runName(new Date(), 'batches', taken));
  const { requests, isLimited } = await withProgress('Writing batch files', (signal) =>
    withRun({ ...wanted, provider, out }, (run) =>
      writeBatches(run, { file: path.join(out, 'requests.jsonl') }, signal),
    ),
  );
  const shown = vscode.workspace.asRelativePath(out);
  const limited = isLimited ? ' More are wanted, but could pass the limit of cost.' : '';
  const written = `${counted(requests, 'request')} ${plural(requests, 'is', 'are')} written into ${shown}, and not sent yet.${limited}`;
  return { folder: out, written };
}

async function cancelRun(services: Services, { project }: OpenProject, folder: string): Promise<void> {
  const [{ cancelBatches }, { describeBatch }] = await Promise.all([
    import('../../../runs/batches/followBatches.ts'),
    import('../../../runs/batches/describeBatch.ts'),
  ]);
  const work = await openBatchWork(services, project, folder);
  const batches = await withProgress('Cancelling batches', (signal) => cancelBatches(work, signal));
  offer(services.log, 'info', `${batches.map(describeBatch).join('. ')}.`, []);
}
