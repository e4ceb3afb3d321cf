import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type * as vscode from 'vscode';
import { counted } from '../../../foundation/numbers.ts';
import { UserError } from '../../../foundation/userError.ts';
import type { Batch } from '../../../runs/batches/batchList.ts';
import { askOne } from '../../ask.ts';
import type { OpenProject } from '../../../project/projectPlaces.ts';
import { openProject } from '../../projects.ts';
import type { Services } from '../../services.ts';
import { cancelRun, takeInRun } from './followRun.ts';
import { submitRun, writeRun } from './submitRun.ts';

type Action = 'submit' | 'takeIn' | 'cancel';

const title = 'Manage Batches';

/** `chartmark.manageBatches`: a run whose requests and replies a service takes and gives in files. */
export function registerBatches(services: Services): vscode.Disposable {
  return services.commands.register('chartmark.manageBatches', async ({ answers }) => {
    const place = await openProject(services.projects);
    const folder = answers?.folder ?? (await askBatchRun(place));
    if (folder === undefined) return writeRun(services, place);
    const action = answers?.action ?? (await askAction(folder));
    if (action === 'submit') await submitRun(services, place, folder);
    if (action === 'takeIn') await takeInRun(services, place, folder);
    if (action === 'cancel') await cancelRun(services, place, folder);
    return folder;
  });
}

/** The folder of a run. Undefined for a new one, which is not asked about if there is no other. */
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
      description: 'processed within a day, often at half the price',
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
    import('../../../llm/batch/serviceBatch.ts'),
  ]);
  const batches = await readBatches(folder);
  const open = batches.filter(({ isClosed }) => isClosed !== true);
  const waiting = open.filter(({ service }) => service === undefined);
  const working = open.filter(({ service }) => service !== undefined && !isFinal(service));
  const actions: { label: string; detail: string; value: Action }[] = [];
  if (open.length > waiting.length) {
    actions.push({
      label: 'Take in finished results',
      detail: 'Checks the state of the batches.',
      value: 'takeIn',
    });
  }
  if (waiting.length > 0) {
    actions.push({
      label: `Submit ${counted(waiting.length, 'batch', 'batches')}`,
      detail: 'You see what will be sent before it is sent.',
      value: 'submit',
    });
  }
  if (working.length > 0) {
    actions.push({
      label: 'Cancel at the service',
      detail: 'You can still take in the results that are finished by then.',
      value: 'cancel',
    });
  }
  if (actions.length > 0) {
    const question = `What do you want to do? Batches: ${stateOf(batches)}.`;
    return askOne<Action>(`${title}: ${path.basename(folder)}`, question, actions);
  }
  throw new UserError(`All batches of ${path.basename(folder)} have been taken in.`, {
    nextStep: 'Run "Chartmark: Resume Run" if you want more texts.',
  });
}
