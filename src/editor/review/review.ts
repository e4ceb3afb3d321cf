import * as vscode from 'vscode';
import type { ReviewProtocol } from '../../../webview/review/protocol.ts';
import { runOf } from '../askRun.ts';
import { offer } from '../offer.ts';
import { registerPanels } from '../panels.ts';
import { reviewReaders } from '../../tasks/pages/readers.ts';
import { openProject } from '../projects.ts';
import type { Services } from '../services.ts';
import { drawMap } from './drawMap.ts';
import { openReviewSession } from '../../tasks/pages/reviewSession.ts';

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
  'The text will be requested again when you resume the run; nothing is sent now. If the run already has as many ' +
  'texts as you asked for, raise its number then.';
