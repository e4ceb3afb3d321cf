import path from 'node:path';
import * as vscode from 'vscode';
import type { Balance } from '../../generation/balance/balance.ts';
import { describeSpent } from '../../generation/run/describeProgress.ts';
import type { RunResult } from '../../generation/run/openRun.ts';
import { runFiles } from '../../runs/runFiles.ts';
import { offer } from '../offer.ts';
import type { Services } from '../services.ts';
import { describeRunEnd } from '../../tasks/describeRunEnd.ts';

/** Reports the result of a run: in short in a message, and compared with what was requested in the log. */
export async function tellEnd(
  { log, commands }: Pick<Services, 'log' | 'commands'>,
  result: RunResult,
  balance: Balance,
): Promise<void> {
  const { folder, accepted, rejected, rejectedByReason, costUsd, unansweredUsd } = result;
  const { describeBalance } = await import('../../generation/balance/describeBalance.ts');
  const shown = vscode.workspace.asRelativePath(folder);
  const spent = costUsd === undefined ? '' : describeSpent(costUsd, unansweredUsd);
  const lines = describeBalance(balance);
  log.info(`${shown}: ${accepted} accepted, ${rejected} rejected${spent === '' ? '' : `, ${spent}`}`);
  for (const [reason, times] of Object.entries(rejectedByReason)) log.info(`  ${reason}: ${times}`);
  for (const line of lines) log.info(line);

  const message = describeRunEnd(result, { shown, spent, balance: lines });
  const review = {
    title: 'Review',
    run: () => commands.start('chartmark.review', { folder }),
  };
  const notes = vscode.Uri.file(path.join(folder, runFiles.accepted));
  const withNotes = [
    { title: 'Show Notes', run: () => commands.start('chartmark.openAsBio', { uri: notes }) },
    { title: 'Train on Them', run: () => commands.start('chartmark.train') },
  ];
  offer(log, 'info', message, [review, ...(accepted === 0 ? [] : withNotes)]);
}
