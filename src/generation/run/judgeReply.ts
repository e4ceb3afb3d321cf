import { createSpan, type Document } from '../../corpus/document.ts';
import { formatJsonl } from '../../corpus/jsonl.ts';
import type { CompletionReply, ModelInfo, Refused } from '../../llm/provider.ts';
import { refusalDetails } from '../../llm/refusalDetails.ts';
import { parseReply } from '../../llm/reply/parseReply.ts';
import type { ReplyItem } from '../../llm/reply/replyItems.ts';
import { rejectedLine } from '../../runs/rejectedText.ts';
import type { AcceptedText, Judge, Reason } from '../judge/judge.ts';
import { runFiles } from '../../runs/runFiles.ts';
import { type Unreadable, whyUnreadable } from '../../llm/reply/unreadable.ts';
import { labelsOf, type ReadReply, readReply } from '../judge/readTexts.ts';
import type { RequestSpec } from '../plan/requestSpec.ts';
import { addTexts, requestedTexts } from '../plan/textCount.ts';
import { countReason, type Tally } from './tally.ts';

/** Where an accepted text comes from. */
interface Provenance {
  readonly run: string;
  readonly provider: ModelInfo;
  readonly promptHash: string;
  readonly spec: RequestSpec;
}

interface ReplyContext {
  /** The request's number. */
  readonly index: number;
  readonly provenance: Provenance;
  readonly judge: Judge;
  readonly tally: Tally;
  /** Accepted texts wanted in all. */
  readonly count: number;
}

/** Lines for the files of accepted and rejected texts. */
interface Judged {
  readonly accepted: readonly string[];
  readonly rejected: readonly string[];
}

/** The texts that a reply adds to its run. Brings the tally up to date. */
export function judgeReply(reply: CompletionReply, context: ReplyContext): Judged {
  countReply(reply, context.tally);
  return reply.refused === undefined
    ? judgeTexts(reply, context)
    : refusedReply(reply.text, reply.refused, context);
}

function judgeTexts(
  reply: CompletionReply,
  { index, provenance, judge, tally, count }: ReplyContext,
): Judged {
  const accepted: string[] = [];
  const rejected: string[] = [];
  const reject = (
    reason: Reason,
    detail: string,
    { text, related }: Pick<ReplyItem, 'text' | 'related'>,
  ): void => {
    rejected.push(rejectedLine({ reason, detail, text, related, request: index }));
    countReason(tally, reason);
  };

  const items = parseReply(reply.text, { isCutOff: reply.truncated, labels: labelsOf(provenance.spec) });
  const read = readReply(items, provenance.spec, tally.accepted > tally.acceptedNegative);
  const why = unreadable(reply, read);
  tally.unreadable = why === undefined ? undefined : { replies: (tally.unreadable?.replies ?? 0) + 1, why };
  if (items.length === 0) reject('malformed', whyUnreadable(reply).detail, reply);
  for (const text of read.texts) {
    const verdict = judge.judge(text, read);
    if (!verdict.accepted) {
      reject(verdict.reason, verdict.detail, text.item);
    } else if (tally.accepted === count) {
      reject('surplus', 'the run had all it wanted', text.item);
    } else {
      const { text: labelled } = verdict;
      judge.remember(labelled.text);
      const isNegative = labelled.related === undefined ? labelled.mentions.length === 0 : !labelled.related;
      addTexts(tally, { ...requestedTexts(provenance.spec), texts: 1, negatives: isNegative ? 1 : 0 });
      accepted.push(formatJsonl([acceptedDocument(labelled, tally.accepted, provenance)]));
    }
  }
  return { accepted, rejected };
}

/** Why none of the texts of a reply can be read; undefined if some can. */
function unreadable(reply: CompletionReply, { texts }: ReadReply): Unreadable | undefined {
  if (texts.length === 0) return whyUnreadable(reply);
  const problems = texts.flatMap(({ read }) => (read.ok ? [] : [read.detail]));
  const [first = ''] = problems;
  if (problems.length < texts.length) return undefined;
  return {
    detail: `no text in them is usable, the last because ${first}`,
    nextStep: `Look at ${runFiles.rejected} in this folder, and try another model or another prompt.`,
  };
}

/** A reply that cannot be used at all. */
function refusedReply(text: string, refused: Refused, { index, tally }: ReplyContext): Judged {
  countReason(tally, refused);
  const detail = refusalDetails[refused];
  return { accepted: [], rejected: [rejectedLine({ reason: refused, detail, text, request: index })] };
}

function countReply({ tokens }: CompletionReply, tally: Tally): void {
  tally.requests++;
  if (tokens !== undefined) tally.tokens = (tally.tokens ?? 0) + tokens.input + tokens.output;
}

/** The document of an accepted text. `number` counts the run's accepted texts from 1. */
function acceptedDocument(accepted: AcceptedText, number: number, provenance: Provenance): Document {
  const { spec, provider, run, promptHash } = provenance;
  const source = provider.name === 'offline' ? 'synthetic' : 'llm';
  const spans = accepted.mentions.map(({ start, end, label }, index) =>
    createSpan(accepted.text, { id: `T${index + 1}`, start, end, label, source }),
  );
  const pair = spec.task === 're' ? pairOf(spans, spec.relation.head) : undefined;
  return {
    id: `${run}-${String(number).padStart(6, '0')}`,
    text: accepted.text,
    spans,
    relations:
      spec.task === 're' && pair !== undefined && accepted.related === true
        ? [{ id: 'R1', head: pair.head, tail: pair.tail, label: spec.relation.name, source }]
        : [],
    attributes: [],
    meta: {
      provider: provider.name,
      model: provider.model,
      prompt: promptHash,
      seeds: accepted.topics,
      style: spec.style.name,
      run,
      ...(spec.task === 're' && spec.isOneOfSeveral === true ? { relation: spec.relation.name } : {}),
    },
  };
}

/** The judge lets only texts with one head and one tail pass. */
function pairOf(spans: Document['spans'], headLabel: string): { head: string; tail: string } | undefined {
  const head = spans.find(({ label }) => label === headLabel);
  const tail = spans.find((span) => span !== head);
  return head === undefined || tail === undefined ? undefined : { head: head.id, tail: tail.id };
}
