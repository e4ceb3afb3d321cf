import type { TokenPrice } from '../../llm/cost/prices.ts';
import { requestRandom } from '../../foundation/random.ts';
import { sendInTurn } from '../../runs/sendRecorded.ts';
import type { Usage } from '../../llm/cost/account.ts';
import { runFiles } from '../../runs/runFiles.ts';
import path from 'node:path';
import { UserError } from '../../foundation/userError.ts';
import type { EntityType } from '../../project/project.ts';
import { type Account, createAccount } from '../../llm/cost/account.ts';
import { requirePrice } from '../../llm/cost/requirePrice.ts';
import { type LedgerState, readLedgerState } from '../../runs/ledgerState.ts';
import { openRunFolder } from '../../runs/runFolder.ts';
import { composeTopicRequest, progressFrom, type TopicOptions, topicRun, usableText } from './topicRun.ts';
import { createSender, type Sender, type SendingOptions } from '../../llm/sending/sender.ts';
import { sendingOptions } from '../../llm/sending/sendingOptions.ts';

interface CollectOptions extends TopicOptions {
  /** All types together, with what they used before, never cost more USD than this. */
  readonly maxCostUsd?: number;
  /** Goes before the project's settings. */
  readonly sending?: Partial<SendingOptions>;
}

interface CollectProgress {
  readonly type: string;
  readonly names: number;
  readonly wanted: number;
  /** Of all types together, where the price is known. */
  readonly costUsd?: number;
  /** Why a request is tried again right now. */
  readonly trouble?: string;
}

interface CollectHooks {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CollectProgress) => void;
}

export interface CollectedTopics {
  /** By type; fewer than wanted where the model had no more to give, or where it ended early. */
  readonly seeds: Readonly<Record<string, readonly string[]>>;
  readonly costUsd?: number;
  readonly unansweredUsd?: number;
  /** What ended it early, a `UserError` or `CancelledError`: the same once more goes on from there. */
  readonly failure?: Error;
}

/**
 * Asks a language model for names, type by type and part of the type's field by part, until there are enough or it
 * gives nothing new. Sends the types' definitions, the project's names and those it gave before, and nothing else.
 * Every reply is on the disk before it counts: one that is there is not asked for again. Throws `UserError` when
 * nothing could be begun.
 */
export async function collectTopics(
  options: CollectOptions,
  { signal, onProgress }: CollectHooks = {},
): Promise<CollectedTopics> {
  const { provider, project, types, count } = options;
  const maxCostUsd = options.maxCostUsd ?? project.generation.maxCostUsd;
  const price = requirePrice(provider, project.generation.prices, maxCostUsd);
  const before = await Promise.all(types.map((type) => readTopicRun(options, type, price)));
  const account = createAccount(sumOf(before.map(({ usage }) => usage)), price, maxCostUsd);
  const sending = sendingOptions(provider, project.generation, options.sending);
  const sender = createSender(provider, sending, requestRandom(0, account.usage.replies));
  const seeds: Record<string, readonly string[]> = {};
  for (const [position, type] of types.entries()) {
    const state = before[position];
    seeds[type.name] = state === undefined ? [] : progressFrom(options, type, state).names();
  }
  let failure: Error | undefined;
  for (const type of types) {
    const report = (names: readonly string[], trouble?: string): void => {
      seeds[type.name] = names;
      onProgress?.({
        type: type.name,
        names: names.length,
        wanted: count,
        ...(price === undefined ? {} : { costUsd: account.usage.costUsd }),
        ...(trouble === undefined ? {} : { trouble }),
      });
    };
    try {
      await askForType(type, options, { account, sender, price, signal, report });
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
      break;
    }
  }
  const { costUsd, unansweredUsd } = account.usage;
  return {
    seeds,
    ...(price === undefined ? {} : { costUsd, unansweredUsd }),
    ...(failure === undefined ? {} : { failure }),
  };
}

/** A type's ledger as it is now. Throws `UserError`. */
export function readTopicRun(
  options: Omit<TopicOptions, 'types'>,
  type: EntityType,
  price: TokenPrice | undefined,
): Promise<LedgerState> {
  const { folder } = topicRun(options, type);
  return readLedgerState(path.join(folder, runFiles.ledger), { price, isLookedAt: true });
}

interface TypeContext {
  readonly account: Account;
  readonly sender: Sender;
  readonly price: TokenPrice | undefined;
  readonly signal: AbortSignal | undefined;
  readonly report: (names: readonly string[], trouble?: string) => void;
}

async function askForType(
  type: EntityType,
  options: CollectOptions,
  { account, sender, price, signal, report }: TypeContext,
): Promise<void> {
  const { run, folder: out, description } = topicRun(options, type);
  const folder = await openRunFolder(out, description, { resume: true, price });
  try {
    const progress = progressFrom(options, type, folder.state);
    const cancel = signal ?? new AbortController().signal;
    for (let index = folder.state.pending.length; ; index++) {
      report(progress.names());
      const wish = progress.next();
      if (wish === undefined) break;
      const composed = composeTopicRequest(wish, { project: options.project, index, price });
      const reply = await sendInTurn(
        { index, record: { style: wish.area, texts: wish.count, negatives: 0, seeds: [] }, composed },
        {
          run,
          folder,
          account,
          sender,
          price,
          cancel,
          stop: cancel,
          onTrouble: (trouble) => report(progress.names(), trouble),
        },
      );
      progress.take(usableText(reply));
    }
    if (progress.names().length === 0) throw noName(type, out);
  } finally {
    await folder.close();
  }
}

function noName({ name }: EntityType, file: string): UserError {
  return new UserError(`The model was asked for names of the type ${name}, and no reply held one.`, {
    place: { file },
    nextStep: 'Look at ledger.jsonl there, and try another model.',
  });
}

function sumOf(usages: readonly Usage[]): Usage {
  const sum = { replies: 0, inputTokens: 0, outputTokens: 0, costUsd: 0, unansweredUsd: 0 };
  for (const usage of usages) {
    sum.replies += usage.replies;
    sum.inputTokens += usage.inputTokens;
    sum.outputTokens += usage.outputTokens;
    sum.costUsd += usage.costUsd;
    sum.unansweredUsd += usage.unansweredUsd;
  }
  return sum;
}
