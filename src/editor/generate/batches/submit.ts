import * as vscode from 'vscode';
import { counted } from '../../../foundation/numbers.ts';
import type { Project } from '../../../project/project.ts';
import { askConsent } from '../../ask.ts';
import { offer } from '../../offer.ts';
import { withProgress } from '../../progress.ts';
import type { Services } from '../../services.ts';
import { hostLine } from '../../sending/askConsent.ts';
import { showDestination } from '../../sending/destinationStatus.ts';
import { openBatchWork } from './batchWork.ts';

/** Says what would go where and what it could cost, and submits the run's batch files after a yes. */
export async function submitRun(services: Services, project: Project, folder: string): Promise<void> {
  const { promptContents } = await import('../../../tasks/generate.ts');
  const [{ readBatches }, { costUpTo, keepBatchLimit }, { submitBatches, toSubmit }, { dollars }] =
    await Promise.all([
      import('../../../runs/batches/batchList.ts'),
      import('../../../runs/batches/batchLimit.ts'),
      import('../../../runs/batches/submitBatches.ts'),
      import('../../../llm/cost/dollars.ts'),
    ]);
  const waiting = toSubmit(await readBatches(folder), folder);
  const requests = waiting.reduce((sum, batch) => sum + batch.requests, 0);
  const upToUsd = costUpTo(waiting);
  const { maxCostUsd } = project.generation;
  // A limit that cannot be kept is told before anybody agrees to anything.
  await keepBatchLimit(folder, maxCostUsd, upToUsd);
  const work = await openBatchWork(services, project, folder);
  const { destination } = work.service;
  const { host } = destination;
  await askConsent(
    `Submit ${counted(requests, 'request')} in ${counted(waiting.length, 'batch', 'batches')} to ${host}?`,
    [
      hostLine(work.provider),
      `Model: ${work.model}`,
      upToUsd === undefined
        ? `The price of "${work.model}" is not known: put it into "generation.prices" of chartmark.json.`
        : `They cost ${dollars(upToUsd)} at the most. A discount for batches counts only if chartmark.json names it.`,
      ...(maxCostUsd === undefined ? [] : [`Limit: ${dollars(maxCostUsd)}, as chartmark.json has it.`]),
      '',
      `${promptContents} The name of the run, too.`,
    ].join('\n'),
    'Submit',
  );
  const status = showDestination(destination, work.model);
  try {
    await withProgress('Submitting batches', (signal, report) =>
      submitBatches(work, {
        signal,
        onSubmitted: ({ number }) => report(`${number} of ${waiting.length}`, number / waiting.length),
      }),
    );
  } finally {
    status.dispose();
  }
  offer(
    services.log,
    'info',
    `Submitted to ${host}: ${counted(waiting.length, 'batch', 'batches')}. It may take a day; "Chartmark: Manage Batches" takes in what is done.`,
    [
      {
        title: 'Look',
        run: () => vscode.commands.executeCommand('chartmark.manageBatches', { folder, action: 'takeIn' }),
      },
    ],
  );
}
