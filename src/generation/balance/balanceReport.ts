import path from 'node:path';
import { parseJsonlLine } from '../../corpus/jsonl.ts';
import { writeFileAtomic } from '../../foundation/atomicFile.ts';
import type { Balance } from './balance.ts';
import { balanceCounter } from './balanceCounter.ts';
import type { RunPlan } from '../plan/planRequest.ts';
import { readLedger } from '../../runs/ledger.ts';
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
  const result = counter.result();
  const offered = await offeredTopics(folder);
  const balance =
    offered === 0
      ? result
      : { ...result, seeds: { ...result.seeds, offered: Math.min(offered, result.seeds.asked) } };
  await writeFileAtomic(path.join(folder, runFiles.report), `${JSON.stringify(balance, null, 2)}\n`);
  return balance;
}

/** How many different topics the requests of a run offered. */
async function offeredTopics(folder: string): Promise<number> {
  const names = new Set<string>();
  for await (const entry of readLedger(path.join(folder, runFiles.ledger), true)) {
    if (entry.event === 'request') for (const { type, name } of entry.seeds) names.add(`${type}\n${name}`);
  }
  return names.size;
}
