import { createSpan, type Document } from '../../corpus/document.ts';
import { formatJsonl, parseJsonlLine } from '../../corpus/jsonl.ts';
import type { CompletionReply } from '../../llm/provider.ts';
import { mostUnreadable, type Unreadable, whyUnreadable } from '../../llm/reply/unreadable.ts';
import { nothingReadable, nothingUsable } from '../../runs/endings.ts';
import type { RequestEntry } from '../../runs/ledgerEntry.ts';
import { parseRejectedLine, rejectedLine } from '../../runs/rejectedText.ts';
import { runFiles } from '../../runs/runFiles.ts';
import type { RunFolder } from '../../runs/runFolder.ts';
import { type Numbering, sizeOf } from './numbering.ts';
import type { Answer, GivenText, QuestionSet, Refusal } from './questionSet.ts';
import { readReply } from './readReply.ts';

interface Answers {
  /** In the order of the questions; undefined if there is no usable answer yet. */
  readonly all: readonly (Answer | undefined)[];
  readonly refusedByReason: Readonly<Record<string, number>>;
  /** How many questions have a reply that was read. */
  readonly done: () => number;
  /** Whether any reply could be read. */
  readonly hasRead: () => boolean;
  /**
   * Reads a reply and records its answers. Must be called in the order of the ledger. Returns the numbers of the questions
   * to send again, for each new request. Throws `UserError` after ten useless replies in a row.
   */
  readonly take: (
    request: Pick<RequestEntry, 'index' | 'questions'>,
    reply: CompletionReply,
  ) => Promise<readonly (readonly number[])[]>;
}

const mostUselessReplies = 10;

/** Reasons of refusals that say that a reply could not be read, and nothing of what it says. */
const ofUnreadable = new Set(['malformed', 'missing']);

function whyNone(reply: CompletionReply, refusals: readonly Refusal[]): Unreadable {
  const [detail] = refusals.filter(({ reason }) => reason === 'malformed').map((refusal) => refusal.detail);
  const why = whyUnreadable(reply);
  return detail === undefined ? why : { ...why, detail };
}

/** Opens the answers in the folder of a run. Throws `UserError`. */
export async function openAnswers<Q extends GivenText>(
  { read, placeOf }: Pick<QuestionSet<Q>, 'read' | 'placeOf'>,
  run: { readonly folder: RunFolder; readonly out: string; readonly numbering: Numbering<Q> },
): Promise<Answers> {
  const { folder, out, numbering } = run;
  const { all: given, left, numbersOf, questionsAt } = numbering;
  const { all, refusedByReason } = await readAnswers(folder, given.length);
  const pending = folder.state.pending.map(({ request }) => ({ questions: numbersOf(request) }));
  let done = given.length - sizeOf(left(folder.state)) - sizeOf(pending);
  let useless = 0;
  let hasRead = all.some((answer) => answer !== undefined);
  let unread = 0;
  return {
    all,
    refusedByReason,
    done: () => done,
    hasRead: () => hasRead,
    take: async (request, reply) => {
      const numbers = numbersOf(request);
      const numberAt = (position: number): number => numbers[position] as number;
      const { answers, refusals, ...reading } = readReply(reply, questionsAt(numbers), {
        read,
        placeOf: (position) => placeOf?.(numberAt(position)),
      });
      for (const { reason } of refusals) refusedByReason[reason] = (refusedByReason[reason] ?? 0) + 1;
      const accepted = answers.flatMap((answer, position) => {
        const number = numberAt(position);
        all[number] = answer;
        return answer === undefined ? [] : [answerLine(number, (given[number] as Q).text, answer)];
      });
      const rejected = refusals.map((refusal) => rejectedLine({ ...refusal, request: request.index }));
      const again = reading.again.map((part) => part.map(numberAt));
      done += numbers.length - sizeOf(again.map((part) => ({ questions: part })));
      // A request of which a part is sent again does not count as useless yet.
      if (accepted.length > 0) useless = 0;
      else if (again.length === 0) useless++;
      if (accepted.length > 0 || !refusals.every(({ reason }) => ofUnreadable.has(reason))) hasRead = true;
      else if (again.length === 0) unread++;
      const isHopeless = useless === mostUselessReplies;
      await folder.concluded(request.index, { accepted, rejected, ...(again.length === 0 ? {} : { again }) });
      if (!hasRead && unread === mostUnreadable) throw nothingReadable(out, unread, whyNone(reply, refusals));
      if (isHopeless) throw nothingUsable(out, mostUselessReplies, { reasons: refusedByReason });
      return again;
    },
  };
}

/** The answers from earlier sessions of the run. */
async function readAnswers(
  folder: RunFolder,
  questions: number,
): Promise<{ readonly all: (Answer | undefined)[]; readonly refusedByReason: Record<string, number> }> {
  const all = Array.from<Answer | undefined>({ length: questions });
  for await (const { text, number } of folder.acceptedLines()) {
    const read = readAnswerLine(text, number);
    if (read !== undefined && read.number < questions) all[read.number] = read.answer;
  }
  const refusedByReason: Record<string, number> = {};
  for await (const { text, number } of folder.rejectedLines()) {
    const { reason } = parseRejectedLine(text, runFiles.rejected, number);
    refusedByReason[reason] = (refusedByReason[reason] ?? 0) + 1;
  }
  return { all, refusedByReason };
}

/** A line of accepted.jsonl: the text of a question with its answer. `number` is the question's, from 0. */
function answerLine(number: number, text: string, { mentions, relation }: Answer): string {
  const document: Document = {
    id: String(number),
    text,
    spans: mentions.map(({ start, end, label }, index) =>
      createSpan(text, { id: `T${index + 1}`, start, end, label, source: 'llm' }),
    ),
    relations: [],
    attributes: [],
    meta: relation === undefined ? {} : { relation },
  };
  return formatJsonl([document]);
}

/** Reads a line of `answerLine`. Throws `UserError`. */
function readAnswerLine(
  line: string,
  number: number,
): { readonly number: number; readonly answer: Answer } | undefined {
  const document = parseJsonlLine(line, { file: runFiles.accepted, number, labels: [] });
  if (document === undefined) return undefined;
  const { relation } = document.meta;
  return {
    number: Number(document.id),
    answer: {
      mentions: document.spans.map(({ start, end, label }) => ({ start, end, label })),
      ...(typeof relation === 'string' ? { relation } : {}),
    },
  };
}
