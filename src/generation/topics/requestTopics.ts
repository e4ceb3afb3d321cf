import { requestRandom } from '../../foundation/random.ts';
import { createAccount, type Usage } from '../../llm/cost/account.ts';
import { requirePrice } from '../../llm/cost/requirePrice.ts';
import type { Provider } from '../../llm/provider.ts';
import { createSender, type SendingOptions } from '../../llm/sending/sender.ts';
import { sendingOptions } from '../../llm/sending/sendingOptions.ts';
import type { EntityType } from '../../project/project.ts';
import { sendTopicRequests } from './sendTopicRequests.ts';
import { progressFrom, readTopicRun, type TopicOptions } from './topicRun.ts';

interface RequestOptions extends TopicOptions {
  readonly provider: Provider;
  /** In USD, for all types together, with what they cost before. */
  readonly maxCostUsd?: number | undefined;
  /** Takes precedence over the project's settings. */
  readonly sending?: Partial<SendingOptions> | undefined;
}

interface CollectProgress {
  readonly type: string;
  /** Topics that this type has, and those that it is to have. */
  readonly topics: number;
  readonly wanted: number;
  /** For all types together, if the price is known. */
  readonly costUsd?: number;
  /** Why a request is being retried. */
  readonly trouble?: string;
}

export interface TopicHooks {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CollectProgress) => void;
}

export interface CollectedTopics {
  /** By type; fewer than wanted if the model had no more to give or if it stopped early. */
  readonly topics: Readonly<Record<string, readonly string[]>>;
  readonly costUsd?: number;
  readonly unansweredUsd?: number;
  /** What stopped it early, a `UserError` or `CancelledError`. The same call again continues from there. */
  readonly failure?: Error;
}

/**
 * Requests topics from a language model, for each type and each part of the type's field, several requests at a time, until
 * there are enough or it gives nothing new. Sends the definitions, guidelines and counter-examples of the types,
 * the project's topics and those that the model gave before, and nothing else. Every reply is on disk before it counts,
 * and one on disk is not requested again. Throws `UserError` if nothing could be started.
 */
export async function requestTopics(
  options: RequestOptions,
  { signal, onProgress }: TopicHooks = {},
): Promise<CollectedTopics> {
  const { provider, project, types, count, maxCostUsd } = options;
  const price = requirePrice(provider, project.generation.prices, maxCostUsd);
  const before = await Promise.all(
    types.map(async (type) => ({ type, state: await readTopicRun(options, type, price) })),
  );
  const account = createAccount(sumOf(before.map(({ state }) => state.usage)), price, maxCostUsd);
  const sending = sendingOptions(provider, project.generation, options.sending);
  const sender = createSender(provider, sending, requestRandom(0, account.usage.replies));
  const topics: Record<string, readonly string[]> = Object.fromEntries(
    before.map(({ type, state }) => [type.name, progressFrom(options, type, state).topics()]),
  );
  const report = ({ name }: EntityType, found: readonly string[], trouble?: string): void => {
    topics[name] = found;
    onProgress?.({
      type: name,
      topics: found.length,
      wanted: count,
      ...(price === undefined ? {} : { costUsd: account.usage.costUsd }),
      ...(trouble === undefined ? {} : { trouble }),
    });
  };
  const context = { account, sender, price, signal, report, concurrency: sending.concurrency };
  const failure = await sendTopicRequests(options, context).catch((error: unknown) =>
    error instanceof Error ? error : new Error(String(error)),
  );
  const { costUsd, unansweredUsd } = account.usage;
  return {
    topics,
    ...(price === undefined ? {} : { costUsd, unansweredUsd }),
    ...(failure === undefined ? {} : { failure }),
  };
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
