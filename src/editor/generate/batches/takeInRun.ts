import * as vscode from 'vscode';
import type { Project } from '../../../project/project.ts';
import type { Batch } from '../../../runs/batches/batchList.ts';
import { offer } from '../../offer.ts';
import { withProgress } from '../../progress.ts';
import type { Services } from '../../services.ts';
import { begunRun, planOfRun } from '../runPlan.ts';
import { tellEnd } from '../tellEnd.ts';
import { openBatchWork, planningProvider } from './batchWork.ts';

/** Fetches what the service has done of a run's batches, takes it in, and says what came of it. */
export async function takeInRun(services: Services, project: Project, folder: string): Promise<void> {
  const [
    { describeBatch },
    { fetchBatches },
    { takeIn },
    { planRun },
    { runResult, withRun },
    { writeRunReport },
  ] = await Promise.all([
    import('../../../runs/batches/describeBatch.ts'),
    import('../../../runs/batches/followBatches.ts'),
    import('../../../generation/batches/takeInResults.ts'),
    import('../../../generation/plan/planRun.ts'),
    import('../../../generation/run/openRun.ts'),
    import('../../../generation/balance/balanceReport.ts'),
  ]);
  const begun = await begunRun(folder);
  const resources = services.resources.fsPath;
  const { plan } = await planOfRun(begun, { project, count: begun.count, resources });
  const work = await openBatchWork(services, project, folder);
  const { batches, taken } = await withProgress('Looking for results of batches', async (signal, report) => {
    const found = await fetchBatches(work, { signal });
    for (const batch of found) services.log.info(describeBatch(batch));
    if (!found.some(isThere)) return { batches: found, taken: undefined };
    const provider = await planningProvider(project);
    const result = await withRun({ ...plan, provider, out: folder, resume: true }, async (run) => {
      await takeIn(run, [], {
        signal,
        onProgress: (lines) => report(`${lines} replies, ${run.tally.accepted} notes accepted`),
      });
      return runResult(run);
    });
    return { batches: found, taken: result };
  });
  if (taken === undefined) {
    offer(services.log, 'info', `Nothing new. ${batches.map(describeBatch).join('. ')}.`, []);
    return;
  }
  await tellEnd(services, taken, await writeRunReport(folder, planRun(plan)));
  const missing = begun.count - taken.accepted;
  if (missing <= 0 || batches.some((batch) => !isThere(batch) && batch.isClosed !== true)) return;
  offer(
    services.log,
    'info',
    `${missing} of ${begun.count} notes are still missing: the filters refused others.`,
    [
      {
        title: 'Ask for Them',
        run: () => vscode.commands.executeCommand('chartmark.resumeRun', { folder, count: begun.count }),
      },
    ],
  );
}

/** Its results were fetched and are not taken in. */
function isThere({ fetched, isClosed }: Batch): boolean {
  return fetched !== undefined && isClosed !== true;
}
