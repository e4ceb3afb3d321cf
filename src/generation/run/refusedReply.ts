import { rejectedLine } from '../../runs/rejectedText.ts';
import type { CompletionReply, Refused } from '../../llm/provider.ts';
import { refusalDetails } from '../../llm/refusalDetails.ts';
import type { Tally } from './tally.ts';

/** What a reply that holds nothing to be used adds to rejected.jsonl. Brings the tally up to date. */
export function refusedOutcome(
  { text, tokens }: CompletionReply,
  refused: Refused,
  { index, tally }: { readonly index: number; readonly tally: Tally },
): { accepted: readonly string[]; rejected: readonly string[] } {
  tally.requests++;
  tally.rejected++;
  tally.reasons[refused] = (tally.reasons[refused] ?? 0) + 1;
  if (tokens !== undefined) tally.tokens = (tally.tokens ?? 0) + tokens.input + tokens.output;
  return {
    accepted: [],
    rejected: [rejectedLine({ reason: refused, detail: refusalDetails[refused], text, request: index })],
  };
}
