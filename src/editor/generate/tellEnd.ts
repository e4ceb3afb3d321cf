import path from 'node:path';
import * as vscode from 'vscode';
import type { Balance } from '../../synthesis/balance.ts';
import { describeSpent } from '../../synthesis/describeProgress.ts';
import type { RunResult } from '../../synthesis/run/openRun.ts';
import { offer } from '../offer.ts';
import type { Services } from '../services.ts';

/** Says what came of a run: in short in a message, beside what was asked for in the log. */
export async function tellEnd(
  { log }: Pick<Services, 'log'>,
  result: RunResult,
  balance: Balance,
): Promise<void> {
  const { folder, accepted, rejected, rejectedByReason, costUsd, unansweredUsd } = result;
  const { describeBalance } = await import('../../synthesis/describeBalance.ts');
  const shown = vscode.workspace.asRelativePath(folder);
  const spent = costUsd === undefined ? '' : describeSpent(costUsd, unansweredUsd);
  const lines = describeBalance(balance);
  log.info(`${shown}: ${accepted} accepted, ${rejected} rejected${spent === '' ? '' : `, ${spent}`}`);
  for (const [reason, times] of Object.entries(rejectedByReason)) log.info(`  ${reason}: ${times}`);
  for (const line of lines) log.info(line);

  const message = [
    `${accepted} notes accepted, ${rejected} rejected. Saved in ${shown}.`,
    spent === '' ? '' : `${spent}.`,
    mostRefused(result),
    accepted === 0 ? '' : farOff(lines),
  ];
  const review = {
    title: 'Review',
    run: () => vscode.commands.executeCommand('chartmark.review', { folder }),
  };
  const notes = vscode.Uri.file(path.join(folder, 'accepted.jsonl'));
  const withNotes = [
    { title: 'Show Notes', run: () => vscode.commands.executeCommand('chartmark.openAsBio', notes) },
    { title: 'Train on Them', run: () => vscode.commands.executeCommand('chartmark.train') },
  ];
  offer(log, 'info', message.filter(Boolean).join(' '), [review, ...(accepted === 0 ? [] : withNotes)]);
}

/** Why texts were refused, where more were than were accepted. */
function mostRefused({ accepted, rejected, rejectedByReason }: RunResult): string {
  const [most] = Object.entries(rejectedByReason).toSorted(([, a], [, b]) => b - a);
  if (most === undefined || rejected <= accepted) return '';
  return `Most were refused as ${most[0]} (${most[1]}).`;
}

/** What is far from what was asked for: the first of it, and how much more. */
function farOff(lines: readonly string[]): string {
  const [first, ...more] = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(2));
  if (first === undefined) return '';
  const rest = more.length === 0 ? '' : `; ${more.length} more in the log`;
  return `Not as asked: ${first}${rest}.`;
}
