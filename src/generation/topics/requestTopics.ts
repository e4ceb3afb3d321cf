import { requestRandom } from '../../foundation/random.ts';
import { UserError } from '../../foundation/userError.ts';
import { type Account, createAccount, type Usage } from '../../llm/cost/account.ts';
import type { TokenPrice } from '../../llm/cost/prices.ts';
import { requirePrice } from '../../llm/cost/requirePrice.ts';
import type { CompletionReply, Provider } from '../../llm/provider.ts';
import { answerIn } from '../../llm/reply/answer/answerIn.ts';
import { whyUnreadable } from '../../llm/reply/unreadable.ts';
import { createSender, type Sender, type SendingOptions } from '../../llm/sending/sender.ts';
import { sendingOptions } from '../../llm/sending/sendingOptions.ts';
import type { EntityType } from '../../project/project.ts';
import { openRunFolder } from '../../runs/runFolder.ts';
import { runFiles } from '../../runs/runFiles.ts';
import { sendInTurn } from '../../runs/sendRecorded.ts';
import { composeTopicRequest, progressFrom, readTopicRun, type TopicOptions, topicRun } from './topicRun.ts';

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
 * Requests topics from a language model, for one type after the other and one part of the type's field after the other,
 * until there are enough or it gives nothing new. Sends the definitions, guidelines and counter-examples of the types,
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
  let failure: Error | undefined;
  try {
    for (const type of types) await requestType(type, options, { account, sender, price, signal, report });
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
  }
  const { costUsd, unansweredUsd } = account.usage;
  return {
    topics,
    ...(price === undefined ? {} : { costUsd, unansweredUsd }),
    ...(failure === undefined ? {} : { failure }),
  };
}

interface TypeContext {
  readonly account: Account;
  readonly sender: Sender;
  readonly price: TokenPrice | undefined;
  readonly signal: AbortSignal | undefined;
  readonly report: (type: EntityType, topics: readonly string[], trouble?: string) => void;
}

async function requestType(
  type: EntityType,
  options: RequestOptions,
  { account, sender, price, signal, report }: TypeContext,
): Promise<void> {
  const { run, folder: out, description } = topicRun(options, type);
  const folder = await openRunFolder(out, description, { resume: true, price });
  try {
    const progress = progressFrom(options, type, folder.state);
    const cancel = signal ?? new AbortController().signal;
    let last: CompletionReply | undefined = folder.state.pending.at(-1)?.reply;
    for (let index = folder.state.pending.length; ; index++) {
      report(type, progress.topics());
      const spec = progress.next();
      if (spec === undefined) break;
      const composed = composeTopicRequest(spec, index, options.project, price);
      const reply = await sendInTurn(
        { index, record: { style: spec.area, texts: spec.count, negatives: 0, seeds: [] }, composed },
        {
          run,
          folder,
          account,
          sender,
          price,
          cancel,
          stop: cancel,
          onTrouble: (trouble) => report(type, progress.topics(), trouble),
        },
      );
      progress.take(reply);
      last = reply;
    }
    if (progress.topics().length === 0) throw noTopic(type, out, last);
  } finally {
    await folder.close();
  }
}

function noTopic({ name }: EntityType, file: string, last: CompletionReply | undefined): UserError {
  const message = `No reply of the model contains a topic of the type ${name}`;
  const place = { file };
  if (last === undefined || last.refused !== undefined || answerIn(last.text) !== '') {
    const nextStep = `Read ${runFiles.ledger} there, and try another model.`;
    return new UserError(`${message}.`, { place, nextStep });
  }
  const { detail, nextStep } = whyUnreadable(last);
  return new UserError(`${message}: ${detail}.`, { place, nextStep });
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
