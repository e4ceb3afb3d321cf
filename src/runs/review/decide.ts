import { runFiles } from '../runFiles.ts';
import { open, truncate } from 'node:fs/promises';
import path from 'node:path';
import { createSpan, type Document } from '../../corpus/document.ts';
import { formatInlineTags, type TaggedText } from '../../corpus/tagged/inlineTags.ts';
import { documentToRecord } from '../../corpus/jsonl/write.ts';
import { byPerson, reviewEnd } from './decisions.ts';
import type { JsonObject } from '../../foundation/json.ts';
import { asFileError } from '../../foundation/userError.ts';
import { readTaggedItem } from '../../corpus/tagged/readTaggedItem.ts';
import { type AppendLog, openAppendLog } from '../appendLog.ts';
import type { RelationPair, ReviewText, RunReview, TextState } from './reviewText.ts';

/** What may be done with a text. */
export type Verdict =
  | { readonly kind: 'accept' | 'reject' | 'undo' }
  /** `tagged` is a text with inline tags, or parsed from one. `related` is for relation runs. */
  | { readonly kind: 'edit'; readonly tagged: string | TaggedText; readonly related?: boolean };

/** Why a text cannot be accepted like that, as a sentence for the person who tries. */
export class VerdictProblem extends Error {}

/** Decisions about a run's texts. Each is on the disk once its promise resolves. */
export interface Decisions {
  /** Throws `VerdictProblem`, or `UserError` if it cannot be written. */
  decide(text: ReviewText, verdict: Verdict): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the review of a run for decisions. Lines are only added to it, and what the run itself wrote stays as it is. The
 * file is created with the first decision, so that only looking leaves no trace.
 */
export function openDecisions(review: RunReview, by: string, now: () => Date = () => new Date()): Decisions {
  const file = path.join(review.folder, runFiles.review);
  let log: Promise<AppendLog> | undefined;
  const opened = async (): Promise<AppendLog> => {
    await mendEnd(file);
    return openAppendLog(file);
  };
  return {
    async decide(text, verdict) {
      const at = now().toISOString();
      const state = stateAfter(text, verdict, review);
      const document = needsDocument(text, state)
        ? documentToRecord(reviewedDocument(text, state, { by, at, pair: pairOf(text, review) }))
        : undefined;
      const line: JsonObject = {
        at,
        by,
        file: text.file,
        line: text.line,
        sha256: text.sha256,
        id: text.id,
        decision: verdict.kind === 'edit' ? 'accept' : verdict.kind,
        before: before(text),
        ...(document === undefined ? {} : { document }),
      };
      log ??= opened();
      await (await log).append(`${JSON.stringify(line)}\n`);
      text.now = state;
      text.reviewed = verdict.kind === 'undo' ? undefined : { by, at };
    },
    close: async () => (await log)?.close(),
  };
}

/** What a text is after a verdict. Throws `VerdictProblem`. */
function stateAfter(text: ReviewText, verdict: Verdict, review: RunReview): TextState {
  switch (verdict.kind) {
    case 'undo':
      return text.given;
    case 'reject':
      return { ...text.now, isAccepted: false };
    case 'accept':
      if (text.unread !== undefined && text.now.tagged === text.given.tagged) {
        throw new VerdictProblem(`Its tags cannot be read: ${readProblem(text.unread, review)}. Edit it.`);
      }
      if (review.task === 're' && text.now.related === undefined) {
        throw new VerdictProblem('It does not say whether its pair is related. Edit it and say so.');
      }
      checkPair(text.now.tagged, pairOf(text, review));
      return { ...text.now, isAccepted: true };
    case 'edit': {
      const tagged = typeof verdict.tagged === 'string' ? readTagged(verdict.tagged, review) : verdict.tagged;
      checkPair(tagged, pairOf(text, review));
      return {
        isAccepted: true,
        tagged,
        ...(review.task === 're' ? { related: verdict.related ?? text.now.related ?? false } : {}),
      };
    }
  }
}

function readTagged(tagged: string, { labels }: RunReview): TaggedText {
  const read = readTaggedItem({ text: tagged.trim() }, labels);
  if (!read.ok) throw new VerdictProblem(`This cannot be read: ${read.detail}.`);
  if (read.text === '') throw new VerdictProblem('There is no text left.');
  return { text: read.text, mentions: read.mentions };
}

function readProblem(tagged: string, { labels }: RunReview): string {
  const read = readTaggedItem({ text: tagged }, labels);
  return read.ok ? '' : read.detail;
}

/** The relation that a text is about. Undefined in runs about mentions. */
function pairOf(
  { meta }: ReviewText,
  { task, labels, relation, pairs }: RunReview,
): RelationPair | undefined {
  if (task === 'ner') return undefined;
  const [head = '', tail = ''] = labels;
  return pairs.find(({ name }) => name === meta['relation']) ?? { name: relation ?? 'relation', head, tail };
}

/** A relation sentence has one head and one tail. */
function checkPair({ mentions }: TaggedText, pair: RelationPair | undefined): void {
  if (pair === undefined) return;
  const { head, tail } = pair;
  const [first, second, ...more] = mentions.map(({ label }) => label);
  const isPair = (first === head && second === tail) || (first === tail && second === head);
  if (!isPair || more.length > 0) {
    throw new VerdictProblem(`One ${head} and one ${tail} must be tagged.`);
  }
}

/** If nothing was edited, the line itself is enough. A rejected text that is accepted needs a document. */
function needsDocument({ file, given }: ReviewText, state: TextState): boolean {
  return !isSame(given, state) || (file === 'rejected' && state.isAccepted);
}

function isSame(a: TextState, b: TextState): boolean {
  return formatInlineTags(a.tagged) === formatInlineTags(b.tagged) && a.related === b.related;
}

function before({ now }: ReviewText): JsonObject {
  return {
    accepted: now.isAccepted,
    text: formatInlineTags(now.tagged),
    ...(now.related === undefined ? {} : { related: now.related }),
  };
}

interface Origin {
  readonly by: string;
  readonly at: string;
  readonly pair: RelationPair | undefined;
}

/** The document of a text as it is now. Mentions that the run had keep their source; others have the decider's. */
function reviewedDocument(text: ReviewText, state: TextState, origin: Origin): Document {
  const { tagged, related } = state;
  const { pair } = origin;
  const known = new Set(text.given.tagged.mentions.map((mention) => nameOf(text.given.tagged.text, mention)));
  const machine = text.meta['provider'] === 'offline' ? 'synthetic' : 'llm';
  const decider = origin.by === byPerson ? 'human' : 'llm';
  const spans = tagged.mentions.map((mention, index) =>
    createSpan(tagged.text, {
      id: `T${index + 1}`,
      ...mention,
      source: known.has(nameOf(tagged.text, mention)) ? machine : decider,
    }),
  );
  const head = spans.find(({ label }) => label === pair?.head);
  const tail = spans.find((span) => span !== head);
  return {
    id: text.id,
    text: tagged.text,
    spans,
    relations:
      pair !== undefined && related === true && head !== undefined && tail !== undefined
        ? [{ id: 'R1', head: head.id, tail: tail.id, label: pair.name, source: decider }]
        : [],
    attributes: [],
    meta: {
      ...text.meta,
      review: {
        by: origin.by,
        at: origin.at,
        ...(text.refusal === undefined ? {} : { refused: text.refusal.reason }),
        edited: !isSame(text.given, state),
      },
    },
  };
}

function nameOf(text: string, { start, end, label }: TaggedText['mentions'][number]): string {
  return `${label}\n${text.slice(start, end)}`;
}

/** Removes an incomplete last line, or adds a missing line end, so that the next line begins on its own. */
async function mendEnd(file: string): Promise<void> {
  try {
    const handle = await open(file, 'a+');
    try {
      const content = await handle.readFile();
      const end = reviewEnd(content);
      if (end < content.length) await truncate(file, end);
      else if (end > 0 && content.at(-1) !== 0x0a) await handle.appendFile('\n');
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw asFileError(error, file);
  }
}
