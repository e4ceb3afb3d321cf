import * as vscode from 'vscode';
import type { TrainJob } from '../../process/protocol.ts';
import { hasSavedRun } from '../../training/savedRun.ts';
import { askOne } from '../ask.ts';
import { offer } from '../offer.ts';
import type { Services } from '../services.ts';

/** Asks whether an interrupted training of this model goes on, when there is one. */
export async function askToGoOn(out: string, name: string): Promise<boolean> {
  if (!(await hasSavedRun(out))) return false;
  return askOne(`Train ${name}`, 'A training of this name was interrupted.', [
    {
      label: 'Go On',
      description: 'from where it was, with the same files, encoder and settings',
      value: true,
    },
    { label: 'Start Anew', description: 'what was trained so far is given up', value: false },
  ]);
}

/** After a cancel: says that the training is kept, with a button that goes on. */
export async function offerToGoOn({ log }: Services, name: string, job: TrainJob): Promise<void> {
  if (!(await hasSavedRun(job.out))) return;
  const { task, train: files, dev, base, epochs, seed } = job;
  offer(log, 'info', `The training of ${name} is kept as it was after its last whole epoch.`, [
    {
      title: 'Go On',
      run: () =>
        vscode.commands.executeCommand('chartmark.train', {
          task,
          files,
          dev,
          base,
          name,
          epochs,
          seed,
          resume: true,
        }),
    },
  ]);
}
