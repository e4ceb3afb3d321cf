import path from 'node:path';
import * as vscode from 'vscode';
import { duration } from '../../foundation/duration.ts';
import { percent } from '../../foundation/numbers.ts';
import { describeStopped, type TrainEnd } from '../../tasks/train.ts';
import type { TrainResult } from '../../training/trainOptions.ts';
import { offer } from '../offer.ts';
import type { Services } from '../services.ts';

/** Reports a training that is done, with buttons for what comes next. */
export function showTrained(
  { log, commands }: Services,
  name: string,
  { best, epochs, out, seconds }: TrainResult,
): void {
  const message =
    `Model ${name} is trained: F1 ${percent(best.devF1)} on the part held back ` +
    `(epoch ${best.epoch} of ${epochs.length}, ${duration(seconds)}).`;
  offer(log, 'info', message, [
    { title: 'Annotate Open File', run: () => commands.start('chartmark.annotate') },
    { title: 'Evaluate', run: () => commands.start('chartmark.evaluate') },
    { title: 'Model Card', run: () => showModelCard(out) },
  ]);
}

interface Stopped {
  readonly name: string;
  /** The folder that the model was to have. */
  readonly out: string;
  readonly end: Extract<TrainEnd, { readonly kind: 'stopped' }>;
  readonly resume: () => unknown;
  /** Puts the checkpoint in the place of the finished model of this name. */
  readonly replace: () => unknown;
}

/** Reports what is kept of a training that was stopped. */
export function showStopped({ log }: Services, { name, out, end, resume, replace }: Stopped): void {
  const { kept, resumable } = end;
  const text = describeStopped(end, out, (folder) => vscode.workspace.asRelativePath(folder));
  offer(log, 'info', `Training of ${name}: ${text}`, [
    ...(resumable ? [{ title: 'Resume', run: resume }] : []),
    ...(kept !== undefined && kept.out !== out ? [{ title: `Replace ${name}`, run: replace }] : []),
  ]);
}

/** Opens the model card in a model's folder. */
export async function showModelCard(folder: string): Promise<void> {
  const card = vscode.Uri.file(path.join(folder, 'README.md'));
  await vscode.commands.executeCommand('markdown.showPreview', card);
}
