import { createHash } from 'node:crypto';
import type { JsonObject } from '../../foundation/json.ts';
import { createAccount } from '../cost/account.ts';
import { runPrice } from '../cost/runPrice.ts';
import { requestRandom } from '../plan.ts';
import type { CompletionReply, Provider } from '../provider.ts';
import { rejectedLine } from '../records.ts';
import { refusalDetails } from '../refusedReply.ts';
import { nothingUsable } from '../run/endings.ts';
import { openRunFolder, type RunFolder } from '../runFolder.ts';
import { createSender, type SendingOptions } from '../sending/sender.ts';
import { sendingOptions } from '../sending/sendingOptions.ts';
import { answerLine, readAnswerLine } from './answerLines.ts';
import { askAbout, type ExtractTask } from './askAbout.ts';
import {
  type Answer,
  type Batch,
  batchesOf,
  type Question,
  type Reading,
  usualPerRequest,
} from './question.ts';
import { readMentions } from './readMentions.ts';
import { readRelations } from './readRelations.ts';
import { sendBatches } from './sendBatches.ts';

export interface ExtractOptions extends ExtractTask {
  readonly provider: Provider;
  readonly questions: readonly Question[];
  /** Questions in one request at most; ten when absent. Small models need fewer. */
  readonly perRequest?: number;
  /** The run's folder, for its ledger. It holds the texts. */
  readonly out: string;
  /** Goes on with the run in `out`, if there is one. */
  readonly resume?: boolean;
  /** The run, with what it used before it was resumed, never costs more USD than this. */
  readonly maxCostUsd?: number;
  /** Goes before the project's settings. */
  readonly sending?: Partial<SendingOptions>;
}

interface ExtractProgress {
  /** Questions whose reply was read, and all. */
  readonly done: number;
  readonly total: number;
  /** Of the whole run, where the price is known. */
  readonly costUsd?: number;
  /** Why a request is tried again right now. */
  readonly trouble?: string;
}

export interface ExtractHooks {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ExtractProgress) => void;
}

export interface Extracted {
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
export async function extract(options: ExtractOptions, hooks: ExtractHooks = {}): Promise<Extracted> {
  const { project, provider, out, questions } = options;
  const maxCostUsd = options.maxCostUsd ?? project.generation.maxCostUsd;
  const price = runPrice(provider, project.generation, maxCostUsd);
  const batches = batchesOf(questions, options.perRequest);
  const firsts = firstNumbers(batches);
  const { run, description } = describeExtraction(options);
  const folder = await openRunFolder(out, description, { resume: options.resume ?? false, price });
  try {
    const { answers, reasons } = await readSoFar(folder, questions.length);
    const account = createAccount(folder.state.usage, price, maxCostUsd);
    const sending = sendingOptions(provider, project.generation, options.sending);
    const sender = createSender(provider, sending, requestRandom(0, folder.state.nextIndex));
    const { open, pending, nextIndex } = folder.state;
    let fruitless = 0;
    let done = 0;

    const report = (trouble?: string): void =>
      hooks.onProgress?.({
        done,
        total: questions.length,
        ...(price === undefined ? {} : { costUsd: account.usage.costUsd }),
        ...(trouble === undefined ? {} : { trouble }),
      });
    const conclude = async (index: number, reply: CompletionReply): Promise<void> => {
      const batch = batches[index] ?? [];
      const first = firsts[index] ?? 0;
      const reading = readReply(reply, batch, options);
      for (const { reason } of reading.refusals) reasons[reason] = (reasons[reason] ?? 0) + 1;
      const accepted = reading.answers.flatMap((answer, position) => {
        answers[first + position] = answer;
        return answer === undefined
          ? []
          : [answerLine(first + position, (batch[position] as Question).text, answer)];
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
        compose: (index) => askAbout(batches[index] ?? [], options, { index, price }),
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
function firstNumbers(batches: readonly Batch[]): readonly number[] {
  let number = 0;
  return batches.map(({ length }) => {
    number += length;
    return number - length;
  });
}

function readReply(reply: CompletionReply, batch: Batch, { labels }: ExtractTask): Reading {
  const { refused } = reply;
  if (refused !== undefined) {
    const detail = refusalDetails[refused];
    return {
      answers: batch.map(() => undefined),
      refusals: batch.map(({ text }) => ({ reason: refused, detail, text })),
    };
  }
  const pairs = batch.filter((question) => question.task === 're');
  if (pairs.length > 0) return readRelations(reply.text, pairs);
  return readMentions(
    reply.text,
    batch.map(({ text }) => text),
    labels,
  );
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

/**
 * The run's name, and what its run.json says: digests of the texts and of what is asked, so that only the same
 * run is gone on with. The same name means the same questions to the same model.
 */
export function describeExtraction({
  task,
  project,
  labels,
  provider,
  questions,
  perRequest = usualPerRequest,
}: Pick<ExtractOptions, 'task' | 'project' | 'labels' | 'provider' | 'questions' | 'perRequest'>): {
  run: string;
  description: JsonObject;
} {
  const { entityTypes, relationTypes } = project;
  const settings = {
    task: `extract ${task}`,
    provider: provider.name,
    model: provider.model,
    destination: { ...provider.destination },
    labels: [...labels],
    settings: digest([entityTypes, relationTypes]),
    texts: digest(questions),
    perRequest,
  };
  return { run: `extract-${task}-${digest(settings).slice(0, 8)}`, description: { ...settings } };
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}
