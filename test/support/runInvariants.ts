import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isJsonObject } from '../../src/foundation/json.ts';
import { parseReply } from '../../src/llm/reply/parseReply.ts';
import { readLedger } from '../../src/runs/ledger.ts';
import type { LedgerEntry, ReplyEntry } from '../../src/runs/ledgerEntry.ts';

/** What a run folder holds. */
export interface RunContents {
  readonly entries: readonly LedgerEntry[];
  readonly replies: readonly ReplyEntry[];
  readonly accepted: readonly { readonly id: string; readonly text: string }[];
  readonly rejected: readonly { readonly reason: string; readonly text: string; readonly request: number }[];
}

export async function readRun(folder: string): Promise<RunContents> {
  const entries: LedgerEntry[] = [];
  for await (const entry of readLedger(path.join(folder, 'ledger.jsonl'), true)) entries.push(entry);
  return {
    entries,
    replies: entries.filter((entry) => entry.event === 'reply'),
    accepted: await readLines(path.join(folder, 'accepted.jsonl')),
    rejected: await readLines(path.join(folder, 'rejected.jsonl')),
  };
}

async function readLines<T>(file: string): Promise<T[]> {
  const source = await readFile(file, 'utf8').catch(() => '');
  return source
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as T);
}

/**
 * What must hold of a run that has ended well, whatever happened on the way: every reply was judged once, in
 * its order; every text of a reply is accepted or rejected, once; and there are as many accepted as wanted.
 * Gives the sentences that are not true.
 */
export function brokenPromises(
  { entries, replies, accepted, rejected }: RunContents,
  wanted: number,
): string[] {
  const broken: string[] = [];
  const promise = (isKept: boolean, sentence: string): void => {
    if (!isKept) broken.push(sentence);
  };
  const outcomes = entries.filter((entry) => entry.event === 'outcome');
  const indices = replies.map(({ index }) => index);
  promise(new Set(indices).size === indices.length, 'no request has two replies');
  promise(
    JSON.stringify(outcomes.map(({ index }) => index)) === JSON.stringify(indices),
    'every reply has one outcome, in the order of the replies',
  );
  promise(accepted.length === wanted, `${wanted} texts are accepted, not ${accepted.length}`);
  promise(new Set(accepted.map(({ text }) => text)).size === accepted.length, 'no text is accepted twice');
  promise(
    accepted.every(({ id }, at) => id.endsWith(`-${String(at + 1).padStart(6, '0')}`)),
    'accepted texts are numbered without a gap',
  );
  promise(
    outcomes.reduce((sum, outcome) => sum + outcome.accepted, 0) === accepted.length &&
      outcomes.reduce((sum, outcome) => sum + outcome.rejected, 0) === rejected.length,
    'the outcomes add up to the files',
  );
  for (const { index, text, refused } of replies) {
    const items = refused === undefined ? Math.max(1, parseReply(text).length) : 1;
    const outcome = outcomes.find((candidate) => candidate.index === index);
    if (outcome === undefined || !isJsonObject(outcome)) continue;
    promise(
      outcome.accepted + outcome.rejected === items,
      `each of the ${items} texts of reply ${index} has one verdict`,
    );
  }
  return broken;
}
