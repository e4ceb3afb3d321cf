import * as vscode from 'vscode';
import type { ReviewMap } from '../../../webview/review/protocol.ts';
import type { RunReview } from '../../runs/review/reviewText.ts';
import { drawReviewMap } from '../../tasks/reviewMap.ts';
import { askOwnFiles } from '../findFiles.ts';
import { offer } from '../offer.ts';
import { placeOpener } from '../openPlace.ts';
import { withProgress } from '../progress.ts';
import { openProject } from '../projects.ts';
import type { Services } from '../services.ts';

/**
 * Asks for files of the user's own and compares their sentences with the accepted ones of a run, on this computer. Files
 * that cannot be read are left out and named. Throws `UserError`, `CancelledError`.
 */
export async function drawMap(services: Services, review: RunReview): Promise<ReviewMap> {
  const { projects, resources, worker, log } = services;
  const own = await askOwnFiles(
    'Map of Texts',
    'Which of your own texts should be compared with the synthetic ones? They stay on this computer.',
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
          const message = `Not in the map, because it cannot be read: ${name}${more}.`;
          offer(log, 'warning', message, placeOpener(first.place));
        },
      },
    ),
  );
}
