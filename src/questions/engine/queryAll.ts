import type { TokenPrice } from '../../llm/cost/prices.ts';
import { requestRandom } from '../../foundation/random.ts';
import { rejectedLine } from '../../runs/rejectedText.ts';
import type { MeasuredRequest } from '../../llm/cost/measureRequest.ts';
import { nothingUsable } from '../../runs/endings.ts';
import type { JsonObject } from '../../foundation/json.ts';
import type { Project } from '../../project/project.ts';
import { createAccount } from '../../llm/cost/account.ts';
import { requirePrice } from '../../llm/cost/requirePrice.ts';
import type { CompletionReply, Provider } from '../../llm/provider.ts';
import { openRunFolder, type RunFolder } from '../../runs/runFolder.ts';
import { createSender, type SendingOptions } from '../../llm/sending/sender.ts';
import { sendingOptions } from '../../llm/sending/sendingOptions.ts';
import { answerLine, readAnswerLine } from './answerLines.ts';
import { type NumberedRequest, numberQuestions } from './numbering.ts';
import { readPart } from './parts.ts';
import type { Answer, GivenText, Reading } from './question.ts';
import { sendBatches } from './sendBatches.ts';

/** How a run about given texts goes on, whatever is asked about them. */
export interface QueryOptions {
  readonly provider: Provider;
  /** The run's folder, for its ledger. It holds the texts. */
  readonly out: string;
  /** Goes on with the run in `out`, if there is one. */
  readonly resume?: boolean;
  /** The run, with what it used before it was resumed, never costs more USD than this. */
  readonly maxCostUsd?: number;
  /** Goes before the project's settings. */
  readonly sending?: Partial<SendingOptions>;
}

/** What is asked. */
export interface QuestionSet<Q extends GivenText> {
  readonly project: Project;
  /** The run's name, and what its run.json says: only a run of the same description is gone on with. */
  readonly run: string;
  readonly description: JsonObject;
  /** A request for each, and for parts of it where it is too much for the model. */
  readonly batches: readonly (readonly Q[])[];
  readonly compose: (
    questions: readonly Q[],
    at: { readonly index: number; readonly price: TokenPrice | undefined },
  ) => MeasuredRequest;
  readonly read: (reply: string, questions: readonly Q[]) => Reading;
  /** Where a question stands, in words. */
  readonly placeOf?: (number: number) => string | undefined;
}

interface AskingProgress {
  /** Questions whose reply was read, and all. */
  readonly done: number;
  readonly total: number;
  /** Of the whole run, where the price is known. */
  readonly costUsd?: number;
  /** Why a request is tried again right now. */
  readonly trouble?: string;
}

export interface QueryHooks {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: AskingProgress) => void;
}

export interface QueryResult {
  /** In the order of the questions; undefined where no usable answer came. */
  readonly answers: readonly (Answer | undefined)[];
  /** Questions without a usable answer. */
  readonly unanswered: number;
  /** What could not be used, by reason. */
  readonly refusedByReason: Readonly<Record<string, number>>;
  readonly tokens?: { readonly input: number; readonly output: number };
  readonly costUsd?: number;
  readonly unansweredUsd?: number;
}

/** After so many replies in a row of which nothing could be used, the run gives up. */
const fruitlessReplies = 10;

/**
 * Asks a language model about given texts. Every request is on disk before it is sent and every reply before
 * it is read. Throws `UserError`, or `CancelledError`; the folder can be resumed after either.
 */
export async function queryAll<Q extends GivenText>(
  { project, run, description, batches, compose, read, placeOf }: QuestionSet<Q>,
  options: QueryOptions,
  hooks: QueryHooks = {},
): Promise<QueryResult> {
  const { provider, out } = options;
  const maxCostUsd = options.maxCostUsd ?? project.generation.maxCostUsd;
  const price = requirePrice(provider, project.generation.prices, maxCostUsd);
  const all = batches.flat();
  const { total, questionsOf, left } = numberQuestions(batches);
  const folder = await openRunFolder(out, description, {
    resume: options.resume ?? false,
    price,
    explains: ({ id }, pending) => pending.some(({ request }) => questionsOf(request).includes(Number(id))),
  });
  try {
    const { state } = folder;
    const { answers, reasons } = await readSoFar(folder, total);
    const account = createAccount(state.usage, price, maxCostUsd);
    const sending = sendingOptions(provider, project.generation, options.sending);
    const sender = createSender(provider, sending, requestRandom(0, state.nextIndex));
    const requests = left(state);
    let lastPart = requests.reduce((lowest, { index }) => Math.min(lowest, index), state.lastPart);
    let fruitless = 0;
    let done =
      total -
      sizeOf(requests) -
      sizeOf(state.pending.map(({ request }) => ({ questions: questionsOf(request) })));
    const asked = (numbers: readonly number[]): readonly Q[] => numbers.map((number) => all[number] as Q);

    const report = (trouble?: string): void =>
      hooks.onProgress?.({
        done,
        total,
        ...(price === undefined ? {} : { costUsd: account.usage.costUsd }),
        ...(trouble === undefined ? {} : { trouble }),
      });
    const conclude = async ({ index, questions }: NumberedRequest, reply: CompletionReply): Promise<void> => {
      const reading = readPart(reply, asked(questions), {
        read,
        placeOf: (position) => placeOf?.(questions[position] as number),
      });
      for (const { reason } of reading.refusals) reasons[reason] = (reasons[reason] ?? 0) + 1;
      const accepted = reading.answers.flatMap((answer, position) => {
        const number = questions[position] as number;
        answers[number] = answer;
        return answer === undefined ? [] : [answerLine(number, (all[number] as Q).text, answer)];
      });
      const rejected = reading.refusals.map((refusal) => rejectedLine({ ...refusal, request: index }));
      const again = reading.again.map((part) => part.map((position) => questions[position] as number));
      done += questions.length - sizeOf(again.map((part) => ({ questions: part })));
      // A request of which a part is asked again has not come to its end.
      if (accepted.length > 0) fruitless = 0;
      else if (again.length === 0) fruitless++;
      const isHopeless = fruitless === fruitlessReplies;
      report();
      await folder.concluded(index, { accepted, rejected, ...(again.length === 0 ? {} : { again }) });
      // Not before that is on the disk, or a part could be in the ledger before the ledger says that it is asked.
      for (const part of again) requests.push({ index: --lastPart, questions: part });
      if (isHopeless) throw nothingUsable(out, fruitlessReplies, { reasons });
    };

    for (const { request, reply } of state.pending) {
      await conclude({ index: request.index, questions: questionsOf(request) }, reply);
    }
    await sendBatches(
      {
        run,
        folder,
        account,
        sender,
        price,
        concurrency: sending.concurrency,
        requests,
        compose: ({ index, questions }) => compose(asked(questions), { index, price }),
        onReply: conclude,
        onTrouble: report,
      },
      hooks.signal,
    );
    const { inputTokens, outputTokens, costUsd, unansweredUsd } = account.usage;
    return {
      answers,
      unanswered: answers.filter((answer) => answer === undefined).length,
      refusedByReason: reasons,
      ...(inputTokens + outputTokens > 0 ? { tokens: { input: inputTokens, output: outputTokens } } : {}),
      ...(price === undefined ? {} : { costUsd, unansweredUsd }),
    };
  } finally {
    await folder.close();
  }
}

/** How many questions requests have. */
function sizeOf(requests: readonly { readonly questions: readonly number[] }[]): number {
  return requests.reduce((sum, { questions }) => sum + questions.length, 0);
}

/** What the runs before this one brought. */
async function readSoFar(
  folder: RunFolder,
  questions: number,
): Promise<{ answers: (Answer | undefined)[]; reasons: Record<string, number> }> {
  const answers = Array.from<Answer | undefined>({ length: questions });
  for await (const { text, number } of folder.acceptedLines()) {
    const read = readAnswerLine(text, number);
    if (read !== undefined && read.number < questions) answers[read.number] = read.answer;
  }
  const reasons: Record<string, number> = {};
  for await (const { text } of folder.rejectedLines()) {
    const { reason } = JSON.parse(text) as { reason: string };
    reasons[reason] = (reasons[reason] ?? 0) + 1;
  }
  return { answers, reasons };
}
