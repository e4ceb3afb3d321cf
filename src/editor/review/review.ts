import path from 'node:path';
import * as vscode from 'vscode';
import type { ReviewPageToHostMessage } from '../../../webview/review/protocol.ts';
import type { Project } from '../../project/project.ts';
import { runOf } from '../askRun.ts';
import { readArgument } from '../commandArgument.ts';
import { registerCommand } from '../commandRunner.ts';
import { offer } from '../offer.ts';
import { openProject, type OpenProject } from '../projects.ts';
import type { Services } from '../services.ts';
import { showFailure } from '../showFailure.ts';
import { webviewPage } from '../webviewPage.ts';
import { drawMap } from './drawMap.ts';
import { openReviewSession, type ReviewSession } from './reviewSession.ts';

const viewType = 'chartmark.review';

interface ReviewAnswers {
  /** The folder of the run. */
  readonly folder: string;
}

/** A panel that is open. */
interface ShownReview {
  readonly panel: vscode.WebviewPanel;
  /** Reads the run anew: it may have gone on. */
  reload(project: Project): Promise<void>;
}

/** `chartmark.review`: a panel with the texts of a run, one panel a run. */
export function registerReview(services: Services): vscode.Disposable {
  const open = new Map<string, ShownReview>();
  const show = async (folder: string, { project }: OpenProject): Promise<void> => {
    const shown = open.get(folder);
    if (shown !== undefined) {
      shown.panel.reveal();
      await shown.reload(project);
      return;
    }
    const made = await showReview(services, folder, project);
    open.set(folder, made);
    made.panel.onDidDispose(() => open.delete(folder));
  };
  const command = registerCommand(services, 'chartmark.review', async (argument) => {
    const { answers, uri } = readArgument<ReviewAnswers>(argument);
    const place = await openProject(services.projects);
    const folder = await runOf('Review Synthetic Notes', place, { answers, uri });
    await show(folder, place);
    return folder;
  });
  return vscode.Disposable.from(command, {
    dispose: () => {
      for (const { panel } of open.values()) panel.dispose();
    },
  });
}

async function showReview(services: Services, folder: string, project: Project): Promise<ShownReview> {
  const { resources, log } = services;
  let panel: vscode.WebviewPanel | undefined;
  const begin = (current: Project): Promise<ReviewSession> =>
    openReviewSession(folder, current, {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- VS Code's webview takes no origin.
      post: (message) => void panel?.webview.postMessage(message),
      drawMap: (review) => drawMap(services, review),
      onQueued: (request, number) => offer(log, 'info', queuedMessage(request, number), []),
    });
  // What cannot be read leaves no empty panel behind.
  let session = await begin(project);
  const page = webviewPage(resources, 'review', 'Review');
  const title = `Review of ${path.basename(folder)}`;
  panel = vscode.window.createWebviewPanel(viewType, title, vscode.ViewColumn.Active, page.options);
  const guarded = (work: Promise<void>): void => {
    work.catch((error: unknown) => void showFailure(log, viewType, error));
  };
  panel.webview.onDidReceiveMessage((message: ReviewPageToHostMessage) => guarded(session.answer(message)));
  panel.onDidDispose(() => guarded(session.close()));
  page.fill(panel);
  return {
    panel,
    async reload(current) {
      await session.close();
      session = await begin(current);
      await session.answer({ type: 'ready' });
    },
  };
}

function queuedMessage(request: number, number: number): string {
  return (
    `Request ${request} is queued again, as number ${number}. Nothing is sent now: it goes out first when the run ` +
    'is resumed and still wants texts; raise its count if it has all it wanted.'
  );
}
