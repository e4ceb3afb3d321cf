import path from 'node:path';
import { parseJsonlLine } from '../../corpus/jsonl.ts';
import { writeFileAtomic } from '../../foundation/atomicFile.ts';
import { type Balance, balanceCounter } from './balance.ts';
import type { RunPlan } from '../plan/planRequest.ts';
import { fileLines } from '../../runs/jsonLines.ts';

/** Sets what a run folder holds beside what was asked, and writes it to its report.json. Throws `UserError`. */
export async function writeRunReport(folder: string, plan: RunPlan): Promise<Balance> {
  const counter = balanceCounter(plan);
  const file = path.join(folder, 'accepted.jsonl');
  for await (const { text, number } of fileLines(file)) {
    const document = parseJsonlLine(text, { file, number, labels: [] });
    if (document !== undefined) counter.add(document);
  }
  const balance = counter.result();
  await writeFileAtomic(path.join(folder, 'report.json'), `${JSON.stringify(balance, null, 2)}\n`);
  return balance;
}
