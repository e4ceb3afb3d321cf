import { parseJsonl } from '../corpus/jsonl.ts';
import type { Judge, Reason } from './judge.ts';
import type { RunState } from './plan.ts';
import type { RunFolder } from './runFolder.ts';

/** What a run has come to so far; `requests` and `tokens` count since it was begun or resumed. */
export interface Tally extends RunState {
  accepted: number;
  acceptedNegative: number;
  rejected: number;
  requests: number;
  tokens: number | undefined;
  readonly reasons: Record<string, number>;
}

/** The tally of what a run folder holds; the judge is told of every text in it. */
export function tallyOf(folder: RunFolder, task: 'ner' | 're', judge: Judge): Tally {
  const documents = parseJsonl(folder.accepted, { file: 'accepted.jsonl' });
  for (const { text } of documents) judge.remember(text);
  const negatives = documents.filter(({ spans, relations }) =>
    task === 'ner' ? spans.length === 0 : relations.length === 0,
  );
  const reasons: Record<string, number> = {};
  const rejected = folder.rejected.split('\n').slice(0, -1);
  for (const line of rejected) {
    const { reason } = JSON.parse(line) as { reason: Reason };
    reasons[reason] = (reasons[reason] ?? 0) + 1;
  }
  return {
    accepted: documents.length,
    acceptedNegative: negatives.length,
    rejected: rejected.length,
    requests: 0,
    tokens: undefined,
    reasons,
  };
}
