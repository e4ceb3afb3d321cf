import type { CompletionReply } from '../../llm/provider.ts';
import { nothingUsable } from '../../runs/endings.ts';
import { parseRejectedLine, rejectedLine } from '../../runs/rejectedText.ts';
import { runFiles } from '../../runs/runFiles.ts';
import type { RunFolder } from '../../runs/runFolder.ts';
import { answerLine, readAnswerLine } from './answerLines.ts';
import { type NumberedRequest, sizeOf } from './numbering.ts';
import type { Answer, GivenText, QuestionSet } from './questionSet.ts';
import { readReply } from './readReply.ts';

/** The answers that the replies of a run have brought so far. */
interface Answers<Q> {
  /** In the order of the questions; undefined if there is no usable answer yet. */
  readonly all: readonly (Answer | undefined)[];
  readonly refusedByReason: Readonly<Record<string, number>>;
  /** How many questions have a reply that was read. */
  readonly done: () => number;
  /** The questions with these numbers. */
  readonly questions: (numbers: readonly number[]) => readonly Q[];
  /**
   * Reads a reply and writes down what it says. Must be called in the order of the ledger. Gives the numbers of the
   * questions that are to be sent again, for each new request, once the ledger says so. Throws `UserError` after ten
   * replies in a row of which nothing could be used.
   */
  readonly take: (
    request: NumberedRequest,
    reply: CompletionReply,
  ) => Promise<readonly (readonly number[])[]>;
}

const mostUselessReplies = 10;

/** The answers that are in the folder of a run, to which replies add. Throws `UserError`. */
export async function openAnswers<Q extends GivenText>(
  { batches, read, placeOf }: Pick<QuestionSet<Q>, 'batches' | 'read' | 'placeOf'>,
  run: { readonly folder: RunFolder; readonly out: string; readonly total: number; readonly done: number },
): Promise<Answers<Q>> {
  const { folder, out, total } = run;
  const given = batches.flat();
  const questions = (numbers: readonly number[]): readonly Q[] => numbers.map((number) => given[number] as Q);
  const { all, refusedByReason } = await readAnswers(folder, total);
  let { done } = run;
  let useless = 0;
  return {
    all,
    refusedByReason,
    done: () => done,
    questions,
    take: async ({ index, questions: numbers }, reply) => {
      const numberAt = (position: number): number => numbers[position] as number;
      const { answers, refusals, ...reading } = readReply(reply, questions(numbers), {
        read,
        placeOf: (position) => placeOf?.(numberAt(position)),
      });
      for (const { reason } of refusals) refusedByReason[reason] = (refusedByReason[reason] ?? 0) + 1;
      const accepted = answers.flatMap((answer, position) => {
        const number = numberAt(position);
        all[number] = answer;
        return answer === undefined ? [] : [answerLine(number, (given[number] as Q).text, answer)];
      });
      const rejected = refusals.map((refusal) => rejectedLine({ ...refusal, request: index }));
      const again = reading.again.map((part) => part.map(numberAt));
      done += numbers.length - sizeOf(again.map((part) => ({ questions: part })));
      // A request of which a part is sent again has not come to its end.
      if (accepted.length > 0) useless = 0;
      else if (again.length === 0) useless++;
      const isHopeless = useless === mostUselessReplies;
      await folder.concluded(index, { accepted, rejected, ...(again.length === 0 ? {} : { again }) });
      if (isHopeless) throw nothingUsable(out, mostUselessReplies, { reasons: refusedByReason });
      return again;
    },
  };
}

/** What earlier sittings of the run have brought. */
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
