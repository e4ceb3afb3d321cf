import path from 'node:path';
import { digest } from '../../foundation/digest.ts';
import { estimatedCost, type Estimate } from '../../llm/cost/estimate.ts';
import { type MeasuredRequest, measureRequest } from '../../llm/cost/measureRequest.ts';
import { priceOf, type TokenPrice } from '../../llm/cost/prices.ts';
import type { ModelInfo } from '../../llm/provider.ts';
import { type EntityType, type Project, topicsOf } from '../../project/project.ts';
import { type LedgerState, readLedgerState } from '../../runs/ledgerState.ts';
import type { RunDescription } from '../../runs/runDescription.ts';
import { runFiles } from '../../runs/runFiles.ts';
import { topicProgress, type TopicProgress } from './topicProgress.ts';
import { topicPrompt, topicSchema, type TopicSpec } from './topicRequest.ts';

export interface TopicOptions {
  readonly provider: ModelInfo;
  readonly project: Project;
  readonly types: readonly EntityType[];
  /** Topics wanted for each type, in addition to those that the project lists. */
  readonly count: number;
  /** Requests and replies are stored here, in a folder for each type. */
  readonly out: string;
}

type RunOptions = Omit<TopicOptions, 'types'>;

/** The requests and replies of a type on disk. */
interface TopicRun {
  readonly run: string;
  readonly folder: string;
  readonly description: RunDescription;
}

/** The run of a type. It is the same for the same question to the same model, however many topics are wanted. */
export function topicRun(
  { provider, project, count, out }: RunOptions,
  { name, definition, guideline, counterExamples }: EntityType,
): TopicRun {
  const settings = {
    // Topics were called seeds when the first of these folders were written.
    task: 'seeds' as const,
    provider: provider.name,
    model: provider.model,
    destination: { ...provider.destination },
    type: name,
    settings: digest([
      definition,
      guideline ?? '',
      counterExamples,
      project.generation.language,
      topicsOf(project, name),
    ]),
  };
  const run = `${name}-${digest(settings).slice(0, 8)}`;
  return {
    run: `seeds-${run}`,
    folder: path.join(out, run),
    description: { run: `seeds-${run}`, ...settings, count },
  };
}

/** The ledger of a type as it is now. Writes nothing. Throws `UserError`. */
export function readTopicRun(
  options: RunOptions,
  type: EntityType,
  price: TokenPrice | undefined,
): Promise<LedgerState> {
  const { folder } = topicRun(options, type);
  return readLedgerState(path.join(folder, runFiles.ledger), { price, isLookedAt: true });
}

/** What the replies on disk have brought for a type. */
export function progressFrom(
  { project, count }: RunOptions,
  type: EntityType,
  { pending }: Pick<LedgerState, 'pending'>,
): TopicProgress {
  const progress = topicProgress(type, topicsOf(project, type.name), count);
  for (const { request, reply } of pending) {
    progress.replay(reply, { area: request.style, count: request.texts });
  }
  return progress;
}

/** For a name and the JSON around it. */
const tokensPerTopic = 8;

/** A request for topics in full, and what it may take. */
export function composeTopicRequest(
  spec: Omit<TopicSpec, 'language'>,
  index: number,
  { generation }: Project,
  price: TokenPrice | undefined,
): MeasuredRequest {
  const { language, maxOutputTokens } = generation;
  const messages = topicPrompt({ ...spec, language });
  const maxTokens = maxOutputTokens ?? 256 + 4 * tokensPerTopic * spec.count;
  return measureRequest(
    { index, messages, replySchema: topicSchema, maxTokens },
    { expected: 10 + tokensPerTopic * spec.count, price },
  );
}

/**
 * What collecting topics is expected to take from now on, if each reply brings the topics that it is asked for. `texts`
 * are topics, and `next` is the next request, if there is one. Writes and sends nothing. Throws `UserError`.
 */
export async function estimateTopics(
  options: TopicOptions,
): Promise<{ readonly estimate: Estimate; readonly next: MeasuredRequest | undefined }> {
  const { provider, project, types, count } = options;
  const known = priceOf(provider.model, project.generation.prices);
  const requests: MeasuredRequest[] = [];
  let texts = 0;
  let spentUsd = 0;
  for (const type of types) {
    const state = await readTopicRun(options, type, known?.price);
    spentUsd += state.usage.costUsd + state.usage.unansweredUsd;
    const progress = progressFrom(options, type, state);
    const spec = progress.next();
    if (spec === undefined) continue;
    texts += count - progress.topics().length;
    for (const topics of progress.left()) {
      requests.push(composeTopicRequest({ ...spec, count: topics }, 0, project, known?.price));
    }
  }
  const sum = (of: 'input' | 'output'): number => requests.reduce((all, { tokens }) => all + tokens[of], 0);
  const tokens = { input: sum('input'), output: sum('output') };
  const upTo = Math.max(0, ...requests.map((request) => request.upTo));
  const estimate = {
    texts,
    requests: requests.length,
    tokens,
    ...estimatedCost(known, tokens, upTo),
    ...(known === undefined ? {} : { spentUsd }),
  };
  return { estimate, next: requests[0] };
}
