import path from 'node:path';
import { parseJsonlLine } from '../../corpus/jsonl.ts';
import { writeFileAtomic } from '../../foundation/atomicFile.ts';
import type { Balance } from './balance.ts';
import { balanceCounter } from './balanceCounter.ts';
import type { RunPlan } from '../plan/planRequest.ts';
import { fileLines } from '../../runs/jsonLines.ts';
import { runFiles } from '../../runs/runFiles.ts';

/** Compares the accepted texts of a run with what was requested, and writes that into its folder. Throws `UserError`. */
export async function writeRunReport(folder: string, plan: RunPlan): Promise<Balance> {
  const counter = balanceCounter(plan);
  const file = path.join(folder, runFiles.accepted);
  for await (const { text, number } of fileLines(file)) {
    const document = parseJsonlLine(text, { file, number, labels: [] });
    if (document !== undefined) counter.add(document);
  }
  const balance = counter.result();
  await writeFileAtomic(path.join(folder, runFiles.report), `${JSON.stringify(balance, null, 2)}\n`);
  return balance;
}
