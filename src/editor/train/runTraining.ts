import path from 'node:path';
import * as vscode from 'vscode';
import type { TrainingAction } from '../../../webview/training/protocol.ts';
import { wholeMinutes } from '../../foundation/duration.ts';
import { percent } from '../../foundation/numbers.ts';
import { CancelledError, UserError } from '../../foundation/userError.ts';
import type { TrainJob } from '../../process/protocol.ts';
import {
  newHistory,
  type TrainingEnding,
  type TrainingHistory,
  withProgress,
} from '../../tasks/pages/trainingHistory.ts';
import { trainingView } from '../../tasks/pages/trainingView.ts';
import { describeStopped, replaceFinished, type TrainEnd, trainModel } from '../../tasks/train.ts';
import type { TrainResult } from '../../training/trainOptions.ts';
import { offer } from '../offer.ts';
import type { Services } from '../services.ts';
import { failureText } from '../showFailure.ts';
import type { TrainingPanel } from './trainingPanel.ts';
import { showTrainingStatus } from './trainingStatus.ts';

/** Trains with a name and a job, one at a time, and reports how it ended. */
type RunTraining = (name: string, job: TrainJob) => Promise<TrainResult>;

/**
 * Trains in a separate process and shows the progress in the panel, which can stop it, and in the status bar. If it is
 * stopped, the best checkpoint is kept as a model. Throws `CancelledError` then, and `UserError` if another is running.
 */
export function trainingRunner(services: Services, panel: TrainingPanel): RunTraining {
  let latest: TrainingHistory | undefined;
  let isRunning = false;

  const run: RunTraining = async (name, job) => {
    const stopping = new AbortController();
    let now = newHistory(name, job, job.resume === true ? latest : undefined);
    const show = (next: TrainingHistory): void => {
      latest = now = next;
      panel.update(trainingView(now, shownPath));
    };
    const end = (ending: TrainingEnding): void => show({ ...now, ending });
    const resume = () =>
      services.commands.guard('chartmark.train', () => runAlone(name, { ...job, resume: true }));
    const replace = async (): Promise<void> => {
      if (now.ending?.kind !== 'stopped' || now.ending.kept === undefined) return;
      const { trainer } = services;
      const kept = await replaceFinished(job, now.ending.kept, trainer).finally(() => trainer.dispose());
      end({ kind: 'stopped', kept });
    };
    const actions: Readonly<Record<TrainingAction, () => unknown>> = {
      stop: () => stopping.abort(),
      resume,
      replace,
      annotate: () => annotateVisibleFile(services),
      evaluate: () => services.commands.start('chartmark.evaluate'),
      openModelCard: () =>
        showModelCard(now.ending?.kind === 'stopped' ? (now.ending.kept?.out ?? job.out) : job.out),
      showLog: () => services.log.show(),
    };
    await panel.open(trainingView(now, shownPath), (action) => actions[action]());
    const status = showTrainingStatus(name);
    try {
      const { signal } = stopping;
      signal.addEventListener('abort', () => show({ ...now, isStopping: true }));
      const training: Promise<TrainEnd> = trainModel(job, {
        worker: services.trainer,
        signal,
        onProgress: (progress) => {
          show(withProgress(now, progress));
          status.report(progress);
        },
        onKeeping: () => showBusy(`Keeping the best checkpoint of ${name}`, training),
      });
      const ended = await training;
      if (ended.kind === 'done') {
        end(ended);
        showTrained(services, name, ended.result, now.measuredOn);
        return ended.result;
      }
      end({ kind: 'stopped', kept: ended.kept });
      showStopped(services, { name, out: job.out, end: ended, resume, replace });
    } catch (error) {
      end({ kind: 'failed', message: messageOf(error) });
      throw error;
    } finally {
      status.dispose();
      // The memory that training took is released.
      services.trainer.dispose();
    }
    throw new CancelledError();
  };

  const runAlone: RunTraining = async (name, job) => {
    if (isRunning) {
      throw new UserError('Another training is running.', {
        nextStep: 'Wait until it is finished, or stop it in its panel ("Chartmark: Show Training Progress").',
      });
    }
    isRunning = true;
    try {
      return await run(name, job);
    } finally {
      isRunning = false;
    }
  };
  return runAlone;
}

/** The panel has the focus, so that the open file is the one beside it. */
async function annotateVisibleFile({ commands }: Services): Promise<void> {
  const [editor] = vscode.window.visibleTextEditors;
  if (editor !== undefined) {
    await vscode.window.showTextDocument(
      editor.document,
      editor.viewColumn === undefined ? {} : { viewColumn: editor.viewColumn },
    );
  }
  await commands.start('chartmark.annotate');
}

function showBusy(title: string, work: Promise<unknown>): void {
  const location = vscode.ProgressLocation.Notification;
  void vscode.window.withProgress({ location, title }, () => work.catch(() => undefined));
}

function shownPath(folder: string): string {
  return vscode.workspace.asRelativePath(folder);
}

function messageOf(error: unknown): string {
  return error instanceof UserError
    ? failureText(error)
    : 'Chartmark failed unexpectedly. The log has the details.';
}

/** Reports a training that is done, with buttons for what comes next. */
function showTrained(
  { log, commands }: Services,
  name: string,
  { best, epochs, out, seconds }: TrainResult,
  measuredOn: string,
): void {
  const message =
    `Model ${name} is trained: dev F1 ${percent(best.devF1)} on ${measuredOn} ` +
    `(epoch ${best.epoch} of ${epochs.length}, ${wholeMinutes(seconds)}).`;
  offer(log, 'info', message, [
    { title: 'Annotate Open File', run: () => commands.start('chartmark.annotate') },
    { title: 'Evaluate', run: () => commands.start('chartmark.evaluate') },
    { title: 'Model Card', run: () => showModelCard(out) },
  ]);
}

interface Stopped {
  readonly name: string;
  /** The intended folder of the model. */
  readonly out: string;
  readonly end: Extract<TrainEnd, { readonly kind: 'stopped' }>;
  readonly resume: () => unknown;
  /** Puts the checkpoint in the place of the finished model of this name. */
  readonly replace: () => unknown;
}

/** Reports what is kept of a training that was stopped. */
function showStopped({ log }: Services, { name, out, end, resume, replace }: Stopped): void {
  const { kept, resumable } = end;
  const text = describeStopped(end, out, (folder) => vscode.workspace.asRelativePath(folder));
  offer(log, 'info', `Training of ${name}: ${text}`, [
    ...(resumable ? [{ title: 'Resume', run: resume }] : []),
    ...(kept !== undefined && kept.out !== out ? [{ title: `Replace ${name}`, run: replace }] : []),
  ]);
}

/** Opens the model card in a model's folder. */
async function showModelCard(folder: string): Promise<void> {
  const card = vscode.Uri.file(path.join(folder, 'README.md'));
  await vscode.commands.executeCommand('markdown.showPreview', card);
}
