import * as vscode from 'vscode';
import { percent } from '../../foundation/numbers.ts';
import type { TrainJob } from '../../process/protocol.ts';
import type { KeptModel } from '../../training/keepBest.ts';
import { hasSavedRun } from '../../training/savedRun.ts';
import { askOne } from '../ask.ts';
import { type Action, offer } from '../offer.ts';
import type { Services } from '../services.ts';

/** Asks whether to resume an interrupted training of this model, if there is one. */
export async function askToGoOn(out: string, name: string): Promise<boolean> {
  if (!(await hasSavedRun(out))) return false;
  return askOne(`Train ${name}`, 'A training of this name was interrupted.', [
    {
      label: 'Resume',
      description: 'from where it was, with the same files, encoder and settings',
      value: true,
    },
    { label: 'Start Anew', description: 'what was trained so far is given up', value: false },
  ]);
}

/** Resumes a training that was interrupted. */
export function goOn(name: string, job: TrainJob): Thenable<unknown> {
  const { task, train: files, dev, base, epochs, seed } = job;
  const answers = { task, files, dev, base, name, epochs, seed, resume: true };
  return vscode.commands.executeCommand('chartmark.train', answers);
}

interface Stopped {
  readonly name: string;
  readonly job: TrainJob;
  readonly kept: KeptModel | undefined;
  /** Whether it can be resumed. */
  readonly isSaved: boolean;
  /** Puts the checkpoint in the place of the finished model of this name. */
  readonly replace: () => unknown;
}

/** After a cancel: says what is kept, with a button that resumes it. */
export function sayStopped({ log }: Services, { name, job, kept, isSaved, replace }: Stopped): void {
  const actions: readonly Action[] = [
    ...(isSaved ? [{ title: 'Resume', run: () => goOn(name, job) }] : []),
    ...(kept !== undefined && kept.out !== job.out ? [{ title: `Replace ${name}`, run: replace }] : []),
  ];
  offer(log, 'info', stoppedText(name, job, kept, isSaved), actions);
}

function stoppedText(name: string, job: TrainJob, kept: KeptModel | undefined, isSaved: boolean): string {
  if (kept === undefined) {
    return isSaved
      ? `The training of ${name} was stopped before an epoch was over. It can be resumed from its last saved state.`
      : `The training of ${name} was stopped before an epoch was over: nothing is kept.`;
  }
  const { best, epochs, planned, out } = kept;
  const beside = out === job.out ? '' : ` The finished model ${name} is as it was.`;
  return (
    `The training of ${name} was stopped after epoch ${epochs.length} of ${planned}. Its best checkpoint, ` +
    `F1 ${percent(best.devF1)} (epoch ${best.epoch}), is in ${vscode.workspace.asRelativePath(out)}.${beside}`
  );
}
