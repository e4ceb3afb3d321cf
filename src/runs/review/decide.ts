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

export type Verdict =
  | { readonly kind: 'accept' | 'reject' | 'undo' }
  /** `tagged` is a text with inline tags, or already parsed. `related` is for relation runs. */
  | { readonly kind: 'edit'; readonly tagged: string | TaggedText; readonly related?: boolean };

/** Why a decision cannot be made, as a sentence for the person who reviews. */
export class VerdictProblem extends Error {}

/** Decisions about a run's texts. Each is on disk once its promise resolves. */
export interface Decisions {
  /** Throws `VerdictProblem`, or `UserError` if it cannot be written. */
  decide(text: ReviewText, verdict: Verdict): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the review of a run for decisions. Lines are only appended to it, and the other files of the run are not changed. The
 * file is created with the first decision.
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

/** The state of a text after a verdict. Throws `VerdictProblem`. */
function stateAfter(text: ReviewText, verdict: Verdict, review: RunReview): TextState {
  switch (verdict.kind) {
    case 'undo':
      return text.given;
    case 'reject':
      return { ...text.now, isAccepted: false };
    case 'accept':
      if (text.unread !== undefined && text.now.tagged === text.given.tagged) {
        throw new VerdictProblem(
          `The tags cannot be read: ${readProblem(text.unread, review)}. Edit the text first.`,
        );
      }
      if (review.task === 're' && text.now.related === undefined) {
        throw new VerdictProblem('The text does not say whether its pair is related. Edit it to say so.');
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
  if (!read.ok) throw new VerdictProblem(`The tags cannot be read: ${read.detail}.`);
  if (read.text === '') throw new VerdictProblem('The text is empty.');
  return { text: read.text, mentions: read.mentions };
}

function readProblem(tagged: string, { labels }: RunReview): string {
  const read = readTaggedItem({ text: tagged }, labels);
  return read.ok ? '' : read.detail;
}

/** The relation that a text is about; undefined in runs about mentions. */
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
    throw new VerdictProblem(`Tag exactly one ${head} and one ${tail}.`);
  }
}

/** Whether a decision needs a document: if the text was edited, or was rejected and is now accepted. */
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

/** The document of a text in its current state. The source of new mentions is the person or model that decided. */
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

/** Removes an incomplete last line, or adds a missing line end, before the next line is appended. */
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
