import path from 'node:path';
import type { Document } from '../../corpus/document.ts';
import { parseJsonlLine } from '../../corpus/jsonl.ts';
import { writeFileAtomic } from '../../foundation/atomicFile.ts';
import type { Balance } from './balance.ts';
import { balanceCounter } from './balanceCounter.ts';
import { mixedNamesCounter } from './mixedNames.ts';
import type { RunPlan } from '../plan/planRequest.ts';
import { readLedger } from '../../runs/ledger.ts';
import { fileLines } from '../../runs/jsonLines.ts';
import { runFiles } from '../../runs/runFiles.ts';

/** Compares the accepted texts of a run with what was requested, and writes that into its folder. Throws `UserError`. */
export async function writeRunReport(folder: string, plan: RunPlan): Promise<Balance> {
  const counter = balanceCounter(plan);
  const mixed = mixedNamesCounter();
  const file = path.join(folder, runFiles.accepted);
  for await (const document of documentsIn(file)) {
    counter.add(document);
    if (plan.task === 'ner') mixed.addNames(document);
  }
  if (plan.task === 'ner') for await (const document of documentsIn(file)) mixed.addUses(document);
  const result = counter.result();
  const offered = Math.min(await offeredTopics(folder), result.seeds.asked);
  const balance = {
    ...result,
    ...(offered === 0 ? {} : { seeds: { ...result.seeds, offered } }),
    ...(plan.task === 'ner' ? { mixed: mixed.result() } : {}),
  };
  await writeFileAtomic(path.join(folder, runFiles.report), `${JSON.stringify(balance, null, 2)}\n`);
  return balance;
}

async function* documentsIn(file: string): AsyncGenerator<Document> {
  for await (const { text, number } of fileLines(file)) {
    const document = parseJsonlLine(text, { file, number, labels: [] });
    if (document !== undefined) yield document;
  }
}

/** How many different topics the requests of a run offered. */
async function offeredTopics(folder: string): Promise<number> {
  const names = new Set<string>();
  for await (const entry of readLedger(path.join(folder, runFiles.ledger), true)) {
    if (entry.event === 'request') for (const { type, name } of entry.seeds) names.add(`${type}\n${name}`);
  }
  return names.size;
}
