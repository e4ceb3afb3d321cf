import type { Document } from '../../corpus/document.ts';
import { parseJsonlLine } from '../../corpus/jsonl.ts';
import { parseRejectedLine } from '../../runs/rejectedText.ts';
import type { Judge } from '../judge/judge.ts';
import { addTexts, type RunCount } from '../plan/textCount.ts';
import { runFiles } from '../../runs/runFiles.ts';
import type { Unreadable } from '../../llm/reply/unreadable.ts';
import type { RunFolder } from '../../runs/runFolder.ts';

/** The texts of a run so far. `requests` and `tokens` count since it was begun or resumed. */
export interface Tally extends RunCount {
  rejected: number;
  requests: number;
  tokens: number | undefined;
  readonly reasons: Record<string, number>;
  /** The last replies, if none of them could be read: how many, and why the last one could not. */
  unreadable?: { readonly replies: number; readonly why: Unreadable } | undefined;
}

/** Counts the texts in a run's folder, and makes the judge remember them. Throws `UserError`. */
export async function tallyOf(folder: RunFolder, task: 'ner' | 're', judge: Judge): Promise<Tally> {
  const tally: Tally = {
    accepted: 0,
    acceptedNegative: 0,
    rejected: 0,
    requests: 0,
    tokens: undefined,
    reasons: {},
  };
  for await (const { text, number } of folder.acceptedLines()) {
    const document = parseJsonlLine(text, { file: runFiles.accepted, number, labels: [] });
    if (document === undefined) continue;
    judge.remember(document.text);
    const { relation } = document.meta;
    addTexts(tally, {
      texts: 1,
      negatives: isNegative(document, task) ? 1 : 0,
      ...(typeof relation === 'string' ? { relation } : {}),
    });
  }
  for await (const { text, number } of folder.rejectedLines()) {
    countReason(tally, parseRejectedLine(text, runFiles.rejected, number).reason);
  }
  return tally;
}

/** Counts a rejected text. */
export function countReason(tally: Tally, reason: string): void {
  tally.rejected++;
  tally.reasons[reason] = (tally.reasons[reason] ?? 0) + 1;
}

function isNegative({ spans, relations }: Document, task: 'ner' | 're'): boolean {
  return task === 'ner' ? spans.length === 0 : relations.length === 0;
}
