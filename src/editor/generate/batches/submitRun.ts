import { readdir } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { counted } from '../../../foundation/numbers.ts';
import { offer } from '../../offer.ts';
import { withProgress } from '../../progress.ts';
import type { OpenProject } from '../../../project/projectPlaces.ts';
import { askConsent } from '../../sending/askConsent.ts';
import { chooseEndpoint } from '../../sending/chooseModel.ts';
import { showDestination } from '../../sending/destinationStatus.ts';
import type { Services } from '../../services.ts';
import { askPlan } from '../askPlan.ts';
import { runName } from '../../../tasks/freeNames.ts';

/** Writes a new run's requests into files, and submits them after the user has agreed. Gives the run's folder. */
export async function writeRun(services: Services, place: OpenProject): Promise<string> {
  const { project, synthetic } = place;
  const resources = services.resources.fsPath;
  const { info: model } = await chooseEndpoint(services, project);
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
  const { prepareBatchFiles } = await import('../../../tasks/batches/writeBatchFiles.ts');
  const out = path.join(synthetic, runName(new Date(), 'batches', taken));
  const { disclosure, start } = await prepareBatchFiles({
    ...plan,
    project,
    resources,
    model,
    out,
    resume: false,
  });
  const consent = await askConsent(disclosure, { what: 'the requests' });
  const { written } = await withProgress('Writing batch files', (signal) => start(consent, { signal }));
  try {
    await submitRun(services, place, out);
  } catch (error) {
    const requests = counted(written.requests, 'request');
    const shown = vscode.workspace.asRelativePath(out);
    const more = written.isLimited ? ' More are needed, but they could exceed the cost limit.' : '';
    offer(services.log, 'info', `${requests} written to ${shown}, but not sent yet.${more}`, []);
    throw error;
  }
  return out;
}

/** Submits the batch files of the run in `folder` after the user has agreed. */
export async function submitRun(services: Services, { project }: OpenProject, folder: string): Promise<void> {
  const { prepareSubmit } = await import('../../../tasks/batches/submitBatchFiles.ts');
  const { disclosure, start } = await prepareSubmit({
    folder,
    project,
    endpoint: (model) => chooseEndpoint(services, project, model),
  });
  const { destination, model } = disclosure.model;
  const { requests } = disclosure.estimate;
  const consent = await askConsent(disclosure, { what: counted(requests, 'request') });
  const status = showDestination(destination, model);
  let submitted = 0;
  try {
    await withProgress('Submitting batches', (signal, report) =>
      start(consent, {
        signal,
        onSubmitted: () => report(`${counted(++submitted, 'batch', 'batches')} submitted`),
      }),
    );
  } finally {
    status.dispose();
  }
  const message =
    `${counted(submitted, 'batch', 'batches')} submitted to ${destination.host}. Results may take a day. ` +
    'Run "Chartmark: Manage Batches" to take in finished results.';
  offer(services.log, 'info', message, [
    {
      title: 'Check Now',
      run: () => services.commands.start('chartmark.manageBatches', { folder, action: 'takeIn' }),
    },
  ]);
}
