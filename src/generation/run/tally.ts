import { parseJsonlLine } from '../../corpus/jsonl.ts';
import type { Document } from '../../corpus/document.ts';
import type { Judge, Reason } from '../judge/judge.ts';
import { addTexts, type RunCount } from '../plan/textCount.ts';
import type { RunFolder } from '../../runs/runFolder.ts';

/** What a run has come to so far; `requests` and `tokens` count since it was begun or resumed. */
export interface Tally extends RunCount {
  rejected: number;
  requests: number;
  tokens: number | undefined;
  readonly reasons: Record<string, number>;
}

/** The tally of what a run folder holds; the judge is told of every text in it. Throws `UserError`. */
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
    const document = parseJsonlLine(text, { file: 'accepted.jsonl', number, labels: [] });
    if (document === undefined) continue;
    judge.remember(document.text);
    const { relation } = document.meta;
    addTexts(tally, {
      texts: 1,
      negatives: isNegative(document, task) ? 1 : 0,
      ...(typeof relation === 'string' ? { relation } : {}),
    });
  }
  for await (const { text } of folder.rejectedLines()) {
    const { reason } = JSON.parse(text) as { reason: Reason };
    tally.rejected++;
    tally.reasons[reason] = (tally.reasons[reason] ?? 0) + 1;
  }
  return tally;
}

function isNegative({ spans, relations }: Document, task: 'ner' | 're'): boolean {
  return task === 'ner' ? spans.length === 0 : relations.length === 0;
}
