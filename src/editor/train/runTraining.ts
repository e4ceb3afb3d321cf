import { rm } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { TrainingAction } from '../../../webview/training/protocol.ts';
import { CancelledError, UserError } from '../../foundation/userError.ts';
import type { TrainJob } from '../../process/protocol.ts';
import type { KeptModel } from '../../training/keepBest.ts';
import type { TrainResult } from '../../training/train.ts';
import { failureText } from '../failureText.ts';
import { withProgress as underNotification } from '../progress.ts';
import type { Services } from '../services.ts';
import { goOn, sayStopped } from './goOn.ts';
import { newHistory, type TrainingEnding, type TrainingHistory, withProgress } from './trainingHistory.ts';
import type { TrainingPanel } from './trainingPanel.ts';
import { trainingProgress } from './trainingProgress.ts';
import { trainingView } from './trainingView.ts';

/** Trains with a name and a job, one at a time. */
type RunTraining = (name: string, job: TrainJob) => Promise<TrainResult>;

/**
 * Trains in a process of its own, under a notification and in the panel; both can stop it. A training that is
 * stopped keeps its best checkpoint as a model and throws `CancelledError`. Throws `UserError` if another one
 * is under way.
 */
export function trainingRunner(services: Services, panel: TrainingPanel): RunTraining {
  let history: TrainingHistory | undefined;
  let isRunning = false;

  const run = async (name: string, job: TrainJob): Promise<TrainResult> => {
    const stopping = new AbortController();
    let now = newHistory(name, job.out, job.resume === true ? history : undefined);
    const show = (next: TrainingHistory): void => {
      history = now = next;
      panel.update(trainingView(now, shownPath));
    };
    const end = (ending: TrainingEnding): void => show({ ...now, ending });
    const replace = async (): Promise<void> => {
      if (now.ending?.kind !== 'stopped' || now.ending.kept === undefined) return;
      const kept = await replaceFinished(services, job, now.ending.kept);
      end({ kind: 'stopped', kept });
    };
    const act = (action: TrainingAction): unknown => {
      if (action === 'stop') return stopping.abort();
      return action === 'replace' ? replace() : actOnModel(services, now, job, action);
    };
    await panel.open(trainingView(now, shownPath), act);
    try {
      const result = await underNotification(`Training model ${name}`, (cancelled, report) => {
        const signal = AbortSignal.any([cancelled, stopping.signal]);
        signal.addEventListener('abort', () => show({ ...now, isStopping: true }));
        return services.trainer.train(job, {
          signal,
          onProgress: (progress) => {
            show(withProgress(now, progress));
            const { text, fraction } = trainingProgress(progress);
            report(text, fraction);
          },
        });
      });
      end({ kind: 'done', result });
      return result;
    } catch (error) {
      if (!(error instanceof CancelledError)) {
        end({ kind: 'failed', message: messageOf(error) });
        throw error;
      }
      const kept = await keepBest(services, job, now).catch((failure: unknown) => {
        end({ kind: 'failed', message: messageOf(failure) });
        throw failure;
      });
      end({ kind: 'stopped', kept });
      sayStopped(services, { name, job, kept, isSaved: now.progress?.saved !== undefined, replace });
      throw error;
    } finally {
      // What training took of memory is given back.
      services.trainer.dispose();
    }
  };

  return async (name, job) => {
    if (isRunning) {
      throw new UserError('A training is under way already.', {
        nextStep: 'Wait for its end, or stop it in its panel ("Chartmark: Show Training Progress").',
      });
    }
    isRunning = true;
    try {
      return await run(name, job);
    } finally {
      isRunning = false;
    }
  };
}

async function keepBest(
  { trainer }: Services,
  { base, out }: TrainJob,
  { name, progress }: TrainingHistory,
): Promise<KeptModel | undefined> {
  if (progress?.saved === undefined || progress.saved.epochs === 0) return undefined;
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Keeping the best checkpoint of ${name}` },
    () => trainer.keepBest({ base, out }),
  );
}

/** Puts a checkpoint that was kept beside a finished model into its place. */
async function replaceFinished(
  { trainer }: Services,
  { base, out }: TrainJob,
  kept: KeptModel,
): Promise<KeptModel> {
  const replaced = await trainer.keepBest({ base, out, replace: true }).finally(() => trainer.dispose());
  if (replaced === undefined) return kept;
  if (kept.out !== replaced.out) await rm(kept.out, { recursive: true, force: true });
  return replaced;
}

async function actOnModel(
  { log }: Services,
  { name, ending }: TrainingHistory,
  job: TrainJob,
  action: Exclude<TrainingAction, 'stop' | 'replace'>,
): Promise<void> {
  switch (action) {
    case 'resume':
      await goOn(name, job);
      return;
    case 'annotate':
      await annotateVisibleFile();
      return;
    case 'evaluate':
      await vscode.commands.executeCommand('chartmark.evaluate');
      return;
    case 'openModelCard': {
      const folder = ending?.kind === 'stopped' ? (ending.kept?.out ?? job.out) : job.out;
      const card = vscode.Uri.file(path.join(folder, 'README.md'));
      await vscode.commands.executeCommand('markdown.showPreview', card);
      return;
    }
    case 'showLog':
      log.show();
  }
}

/** The panel has the focus, so the open file is the one beside it. */
async function annotateVisibleFile(): Promise<void> {
  const [editor] = vscode.window.visibleTextEditors;
  if (editor !== undefined) {
    await vscode.window.showTextDocument(
      editor.document,
      editor.viewColumn === undefined ? {} : { viewColumn: editor.viewColumn },
    );
  }
  await vscode.commands.executeCommand('chartmark.annotate');
}

function shownPath(folder: string): string {
  return vscode.workspace.asRelativePath(folder);
}

function messageOf(error: unknown): string {
  return error instanceof UserError
    ? failureText(error, shownPath)
    : 'Chartmark failed unexpectedly. The log has the details.';
}
