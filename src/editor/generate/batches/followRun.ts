import { counted } from '../../../foundation/numbers.ts';
import type { Batch } from '../../../runs/batches/batchList.ts';
import { offer } from '../../offer.ts';
import { withProgress } from '../../progress.ts';
import type { OpenProject } from '../../../project/projectPlaces.ts';
import { askConsent } from '../../sending/askConsent.ts';
import { chooseEndpoint } from '../../sending/chooseModel.ts';
import type { Services } from '../../services.ts';
import { resumeRun } from '../resumeRun.ts';
import { tellEnd } from '../tellEnd.ts';

/** Fetches the finished results of a run's batches, takes them in, and reports them. */
export async function takeInRun(services: Services, place: OpenProject, folder: string): Promise<void> {
  const { project } = place;
  const [{ describeBatch }, { readGenerationRun }, { wishOfRun }, { takeInBatches }] = await Promise.all([
    import('../../../runs/batches/describeBatch.ts'),
    import('../../../runs/runDescription.ts'),
    import('../../../tasks/begunRun.ts'),
    import('../../../tasks/batches/takeInFiles.ts'),
  ]);
  const begun = await readGenerationRun(folder);
  const { count } = begun;
  const resources = services.resources.fsPath;
  const wish = await wishOfRun(begun, { project, count, resources });
  const fetched = await contact(services, place, { folder, action: 'fetch' });
  for (const batch of fetched.batches) services.log.info(describeBatch(batch));
  if (!fetched.batches.some(hasNewResults)) {
    offer(
      services.log,
      'info',
      `There are no new results. ${fetched.batches.map(describeBatch).join('. ')}.`,
      [],
    );
    return;
  }
  const input = { ...wish, project, resources, model: fetched.model, out: folder, files: [] };
  const { result, balance } = await withProgress('Taking in results of batches', (signal, report) =>
    takeInBatches(input, {
      signal,
      onProgress: ({ lines, accepted }) =>
        report(`${counted(lines, 'reply', 'replies')}, ${counted(accepted, 'note')} accepted`),
    }),
  );
  await tellEnd(services, result, balance);
  const missing = count - result.accepted;
  const isWaiting = fetched.batches.some((batch) => !hasNewResults(batch) && batch.isClosed !== true);
  if (missing <= 0 || isWaiting) return;
  const message = `${missing} of ${counted(count, 'note')} are missing, because texts were rejected.`;
  offer(services.log, 'info', message, [
    {
      title: 'Request Them',
      run: () =>
        services.commands.guard('chartmark.resumeRun', () => resumeRun(services, place, { folder, count })),
    },
  ]);
}

/** Its results were fetched and are not taken in. */
function hasNewResults({ fetched, isClosed }: Batch): boolean {
  return fetched !== undefined && isClosed !== true;
}

export async function cancelRun(services: Services, place: OpenProject, folder: string): Promise<void> {
  const { describeBatch } = await import('../../../runs/batches/describeBatch.ts');
  const { batches } = await contact(services, place, { folder, action: 'cancel' });
  offer(services.log, 'info', `${batches.map(describeBatch).join('. ')}.`, []);
}

async function contact(
  services: Services,
  { project }: OpenProject,
  { folder, action }: { readonly folder: string; readonly action: 'fetch' | 'cancel' },
) {
  const { prepareContact } = await import('../../../tasks/batches/contactService.ts');
  const { disclosure, start } = await prepareContact({
    action,
    folder,
    project,
    endpoint: (model) => chooseEndpoint(services, project, model),
  });
  const consent = await askConsent(disclosure, { what: 'the API key' });
  const title = action === 'fetch' ? 'Fetching results of batches' : 'Cancelling batches';
  const batches = await withProgress(title, (signal) => start(consent, { signal }));
  return { batches, model: disclosure.model };
}
