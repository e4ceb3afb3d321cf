import { rejectedLine } from '../../runs/rejectedText.ts';
import { formatJsonl } from '../../corpus/jsonl.ts';
import type { Judge, Reason } from '../judge/judge.ts';
import type { CompletionReply } from '../../llm/provider.ts';
import { acceptedDocument, type Provenance } from './acceptedDocument.ts';
import { readReply } from '../judge/readReply.ts';
import { parseReply } from '../../llm/reply/parseReply.ts';
import type { ReplyItem } from '../../llm/reply/replyItems.ts';
import { addTexts, wishOf } from '../plan/textCount.ts';
import type { Tally } from './tally.ts';

interface ReplyContext {
  /** The request's number. */
  readonly index: number;
  readonly provenance: Provenance;
  readonly judge: Judge;
  readonly tally: Tally;
  /** Accepted texts wanted in all. */
  readonly count: number;
}

/** The lines that a reply adds to accepted.jsonl and rejected.jsonl. Brings the tally up to date. */
export function judgeReply(
  reply: CompletionReply,
  { index, provenance, judge, tally, count }: ReplyContext,
): { accepted: readonly string[]; rejected: readonly string[] } {
  const accepted: string[] = [];
  const rejected: string[] = [];
  const refuse = (
    reason: Reason,
    detail: string,
    { text, related }: Pick<ReplyItem, 'text' | 'related'>,
  ): void => {
    rejected.push(rejectedLine({ reason, detail, text, related, request: index }));
    tally.rejected++;
    tally.reasons[reason] = (tally.reasons[reason] ?? 0) + 1;
  };

  const items = parseReply(reply.text, reply.truncated);
  if (items.length === 0) {
    refuse('malformed', 'the reply holds no list of texts', reply);
  }
  const read = readReply(items, provenance.spec, tally.accepted > tally.acceptedNegative);
  for (const text of read.texts) {
    const verdict = judge.judge(text, read);
    if (!verdict.accepted) {
      refuse(verdict.reason, verdict.detail, text.item);
    } else if (tally.accepted === count) {
      refuse('surplus', 'the run had all it wanted', text.item);
    } else {
      const { text: labelled } = verdict;
      judge.remember(labelled.text);
      const isNegative = labelled.related === undefined ? labelled.mentions.length === 0 : !labelled.related;
      addTexts(tally, { ...wishOf(provenance.spec), texts: 1, negatives: isNegative ? 1 : 0 });
      accepted.push(formatJsonl([acceptedDocument(labelled, tally.accepted, provenance)]));
    }
  }
  tally.requests++;
  if (reply.tokens !== undefined) {
    tally.tokens = (tally.tokens ?? 0) + reply.tokens.input + reply.tokens.output;
  }
  return { accepted, rejected };
}
