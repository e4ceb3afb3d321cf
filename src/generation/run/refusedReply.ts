import type { CompletionReply, Refused } from '../../llm/provider.ts';
import { rejectedLine } from './acceptedDocument.ts';
import type { Tally } from './tally.ts';

/** What is the matter with such a reply, in words. */
export const refusalDetails: Readonly<Record<Refused, string>> = {
  refusal: 'the model declined to write',
  'content-filter': "the service's content filter stopped it",
  'bad-request': 'the service took other requests, but not this one',
  'too-large': 'the answer was larger than any reply can be',
  'too-long': 'the request is longer than the model can take',
};

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
