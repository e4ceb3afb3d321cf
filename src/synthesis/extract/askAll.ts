import type { JsonObject } from '../../foundation/json.ts';
import type { Project, TokenPrice } from '../../project/project.ts';
import { createAccount } from '../cost/account.ts';
import { runPrice } from '../cost/runPrice.ts';
import { requestRandom } from '../plan.ts';
import type { CompletionReply, Provider } from '../provider.ts';
import { rejectedLine } from '../records.ts';
import { refusalDetails } from '../refusedReply.ts';
import type { ComposedRequest } from '../run/composeRequest.ts';
import { nothingUsable } from '../run/endings.ts';
import { openRunFolder, type RunFolder } from '../runFolder.ts';
import { createSender, type SendingOptions } from '../sending/sender.ts';
import { sendingOptions } from '../sending/sendingOptions.ts';
import { answerLine, readAnswerLine } from './answerLines.ts';
import type { Answer, Asked, Reading } from './question.ts';
import { sendBatches } from './sendBatches.ts';

/** How a run about given texts goes on, whatever is asked about them. */
export interface AskingOptions {
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
export interface Inquest {
  readonly project: Project;
  /** The run's name, and what its run.json says: only a run of the same description is gone on with. */
  readonly run: string;
  readonly description: JsonObject;
  /** A request for each. */
  readonly batches: readonly (readonly Asked[])[];
  readonly compose: (index: number, price: TokenPrice | undefined) => ComposedRequest;
  readonly read: (reply: string, index: number) => Reading;
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

export interface AskingHooks {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: AskingProgress) => void;
}

export interface Answered {
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
export async function askAll(
  { project, run, description, batches, compose, read }: Inquest,
  options: AskingOptions,
  hooks: AskingHooks = {},
): Promise<Answered> {
  const { provider, out } = options;
  const maxCostUsd = options.maxCostUsd ?? project.generation.maxCostUsd;
  const price = runPrice(provider, project.generation, maxCostUsd);
  const firsts = firstNumbers(batches);
  const total = batches.reduce((sum, { length }) => sum + length, 0);
  const folder = await openRunFolder(out, description, {
    resume: options.resume ?? false,
    price,
    explains: ({ id }, pending) => {
      const number = Number(id);
      return pending.some(({ request: { index } }) => {
        const first = firsts[index] ?? 0;
        return number >= first && number < first + (batches[index]?.length ?? 0);
      });
    },
  });
  try {
    const { answers, reasons } = await readSoFar(folder, total);
    const account = createAccount(folder.state.usage, price, maxCostUsd);
    const sending = sendingOptions(provider, project.generation, options.sending);
    const sender = createSender(provider, sending, requestRandom(0, folder.state.nextIndex));
    const { open, pending, nextIndex } = folder.state;
    let fruitless = 0;
    let done = 0;

    const report = (trouble?: string): void =>
      hooks.onProgress?.({
        done,
        total: total,
        ...(price === undefined ? {} : { costUsd: account.usage.costUsd }),
        ...(trouble === undefined ? {} : { trouble }),
      });
    const conclude = async (index: number, reply: CompletionReply): Promise<void> => {
      const batch = batches[index] ?? [];
      const first = firsts[index] ?? 0;
      const reading = readReply(reply, batch, (text) => read(text, index));
      for (const { reason } of reading.refusals) reasons[reason] = (reasons[reason] ?? 0) + 1;
      const accepted = reading.answers.flatMap((answer, position) => {
        answers[first + position] = answer;
        return answer === undefined
          ? []
          : [answerLine(first + position, (batch[position] as Asked).text, answer)];
      });
      const rejected = reading.refusals.map((refusal) => rejectedLine({ ...refusal, request: index }));
      done += batch.length;
      fruitless = accepted.length > 0 ? 0 : fruitless + 1;
      const isHopeless = fruitless === fruitlessReplies;
      report();
      await folder.concluded(index, { accepted, rejected });
      if (isHopeless) throw nothingUsable(out, fruitlessReplies, { reasons });
    };

    const isOpen = new Set([...open, ...pending.map(({ request }) => request)].map(({ index }) => index));
    done = batches
      .slice(0, nextIndex)
      .reduce((sum, batch, index) => sum + (isOpen.has(index) ? 0 : batch.length), 0);
    for (const { request, reply } of pending) await conclude(request.index, reply);
    await sendBatches(
      {
        run,
        folder,
        account,
        sender,
        price,
        concurrency: sending.concurrency,
        numbers: [...open.map(({ index }) => index), ...[...batches.keys()].slice(nextIndex)],
        compose: (index) => compose(index, price),
        sizeOf: (index) => batches[index]?.length ?? 0,
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

/** The number of each batch's first question. */
function firstNumbers(batches: readonly (readonly Asked[])[]): readonly number[] {
  let number = 0;
  return batches.map(({ length }) => {
    number += length;
    return number - length;
  });
}

function readReply(
  { refused, text }: CompletionReply,
  batch: readonly Asked[],
  read: (reply: string) => Reading,
): Reading {
  if (refused === undefined) return read(text);
  const detail = refusalDetails[refused];
  return {
    answers: batch.map(() => undefined),
    refusals: batch.map((question) => ({ reason: refused, detail, text: question.text })),
  };
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
