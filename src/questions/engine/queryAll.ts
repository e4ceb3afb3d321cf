import { requestRandom } from '../../foundation/random.ts';
import { createAccount } from '../../llm/cost/account.ts';
import type { TokenPrice } from '../../llm/cost/prices.ts';
import { requirePrice } from '../../llm/cost/requirePrice.ts';
import type { Provider } from '../../llm/provider.ts';
import { createSender, type SendingOptions } from '../../llm/sending/sender.ts';
import { sendingOptions } from '../../llm/sending/sendingOptions.ts';
import { openRunFolder, type RunFolder } from '../../runs/runFolder.ts';
import { openAnswers } from './answers.ts';
import { type Numbering, numberQuestions } from './numbering.ts';
import type { Answer, GivenText, QuestionSet } from './questionSet.ts';
import { sendRequests } from './sendRequests.ts';

export interface QueryOptions {
  readonly provider: Provider;
  /** The folder of the run, for its ledger. It holds the texts. */
  readonly out: string;
  /** Resumes the run in `out`, if there is one. */
  readonly resume?: boolean;
  /** In USD, with what the run cost before it was resumed; it takes precedence over the project's limit. */
  readonly maxCostUsd?: number | undefined;
  /** They take precedence over the project's settings. */
  readonly sending?: Partial<SendingOptions> | undefined;
}

interface QueryProgress {
  /** Questions whose reply was read, and all questions. */
  readonly done: number;
  readonly total: number;
  /** Of the whole run, if the price is known. */
  readonly costUsd?: number;
  /** Why a request is sent again right now. */
  readonly trouble?: string;
}

export interface QueryHooks {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: QueryProgress) => void;
}

export interface QueryResult {
  /** In the order of the questions; undefined if no usable answer came. */
  readonly answers: readonly (Answer | undefined)[];
  /** Questions without a usable answer. */
  readonly unanswered: number;
  /** How many parts of replies could not be used, by reason. */
  readonly refusedByReason: Readonly<Record<string, number>>;
  readonly tokens?: { readonly input: number; readonly output: number };
  readonly costUsd?: number;
  readonly unansweredUsd?: number;
}

/**
 * Queries a language model about given texts. Requests are recorded before they are sent, and replies before they are read.
 * Throws `UserError` or `CancelledError`; the folder can be resumed after either.
 */
export async function queryAll<Q extends GivenText>(
  set: QuestionSet<Q>,
  options: QueryOptions,
  hooks: QueryHooks = {},
): Promise<QueryResult> {
  const maxCostUsd = options.maxCostUsd ?? set.project.generation.maxCostUsd;
  const price = requirePrice(options.provider, set.project.generation.prices, maxCostUsd);
  const numbering = numberQuestions(set.batches);
  const folder = await openRunFolder(options.out, set.description, {
    resume: options.resume ?? false,
    price,
    explains: ({ id }, pending) =>
      pending.some(({ request }) => numbering.numbersOf(request).includes(Number(id))),
  });
  try {
    return await queryRest(set, { ...options, maxCostUsd, price, numbering, folder }, hooks);
  } finally {
    await folder.close();
  }
}

interface OpenRun<Q> extends Pick<QueryOptions, 'provider' | 'out' | 'sending'> {
  readonly maxCostUsd: number | undefined;
  readonly price: TokenPrice | undefined;
  readonly numbering: Numbering<Q>;
  readonly folder: RunFolder;
}

/** Reads pending replies and sends the remaining requests. */
async function queryRest<Q extends GivenText>(
  set: QuestionSet<Q>,
  { provider, out, sending: given, maxCostUsd, price, numbering, folder }: OpenRun<Q>,
  { signal, onProgress }: QueryHooks,
): Promise<QueryResult> {
  const { state } = folder;
  const account = createAccount(state.usage, price, maxCostUsd);
  const sending = sendingOptions(provider, set.project.generation, given);
  const sender = createSender(provider, sending, requestRandom(0, state.nextIndex));
  const requests = numbering.left(state);
  const answers = await openAnswers(set, { folder, out, numbering });
  const report = (trouble?: string): void =>
    onProgress?.({
      done: answers.done(),
      total: numbering.all.length,
      ...(price === undefined ? {} : { costUsd: account.usage.costUsd }),
      ...(trouble === undefined ? {} : { trouble }),
    });
  let lastPart = requests.reduce((lowest, { index }) => Math.min(lowest, index), state.lastPart);
  const take = async (...reply: Parameters<typeof answers.take>): Promise<void> => {
    const parts = await answers.take(...reply);
    for (const questions of parts) requests.push({ index: --lastPart, questions });
    report();
  };
  // Before the first reply, so that the work is seen from the start.
  if (requests.length > 0) report();
  for (const { request, reply } of state.pending) await take(request, reply);
  await sendRequests(
    {
      run: set.run,
      folder,
      account,
      sender,
      price,
      concurrency: sending.concurrency,
      requests,
      compose: ({ index, questions }) => set.compose(numbering.questionsAt(questions), { index, price }),
      onReply: take,
      onTrouble: report,
      hasRead: answers.hasRead,
    },
    signal,
  );
  const { inputTokens, outputTokens, costUsd, unansweredUsd } = account.usage;
  return {
    answers: answers.all,
    unanswered: answers.all.filter((answer) => answer === undefined).length,
    refusedByReason: answers.refusedByReason,
    ...(inputTokens + outputTokens > 0 ? { tokens: { input: inputTokens, output: outputTokens } } : {}),
    ...(price === undefined ? {} : { costUsd, unansweredUsd }),
  };
}
