import * as vscode from 'vscode';
import type { ReviewMap, ReviewProtocol } from '../../../webview/review/protocol.ts';
import { plural } from '../../foundation/numbers.ts';
import type { RunReview } from '../../runs/review/reviewText.ts';
import { reviewReaders } from '../../tasks/pages/readers.ts';
import { openReviewSession } from '../../tasks/pages/reviewSession.ts';
import { drawReviewMap } from '../../tasks/reviewMap.ts';
import { runOf } from '../askRun.ts';
import { askOwnFiles } from '../findFiles.ts';
import { offer } from '../offer.ts';
import { placeOpener } from '../openPlace.ts';
import { registerPanels } from '../panels.ts';
import { withProgress } from '../progress.ts';
import { openProject } from '../projects.ts';
import type { Services } from '../services.ts';

/** `chartmark.review`: a panel with the texts of a run, one panel for each run. */
export function registerReview(services: Services): vscode.Disposable {
  const panels = registerPanels<ReviewProtocol>(services, {
    name: 'review',
    pageTitle: 'Review',
    readers: reviewReaders,
  });
  const command = services.commands.register('chartmark.review', async ({ answers, uri }) => {
    const place = await openProject(services.projects);
    const folder = await runOf('Review Synthetic Notes', place, { answers, uri });
    // A run that is open is read again: it may have been resumed.
    await panels.show(folder, () =>
      openReviewSession(folder, place.project, {
        drawMap: (review) => drawMap(services, review),
        onQueued: () => offer(services.log, 'info', queuedMessage, []),
      }),
    );
    return folder;
  });
  return vscode.Disposable.from(command, panels);
}

const queuedMessage =
  'The request of this text will be repeated when you resume the run. Nothing is sent now. If the run already has ' +
  'all the texts that you asked for, resume it with a higher count.';

/**
 * Asks for files of the user's own and compares their sentences with the accepted ones of a run, on this computer. Files
 * that cannot be read are left out and named. Throws `UserError`, `CancelledError`.
 */
async function drawMap(services: Services, review: RunReview): Promise<ReviewMap> {
  const { projects, resources, worker, log } = services;
  const own = await askOwnFiles(
    'Map of Texts',
    'Which notes do you want to compare with the synthetic texts? They stay on this computer.',
    await openProject(projects),
  );
  return withProgress('Comparing texts', (signal, report) =>
    drawReviewMap(
      { review, own, resources: resources.fsPath },
      {
        worker,
        signal,
        onProgress: (done, total) => report(`${done} of ${total} sentences`, done / total),
        onUnread: ([first, ...others]) => {
          const more = others.length === 0 ? '' : ` and ${others.length} more`;
          const name = vscode.workspace.asRelativePath(first.place?.file ?? '');
          const they = plural(1 + others.length, 'it', 'they');
          const message = `Not on the map, because ${they} cannot be read: ${name}${more}.`;
          offer(log, 'warning', message, placeOpener(first.place));
        },
      },
    ),
  );
}
