import { readTopicRun } from './collectTopics.ts';
import { composeTopicRequest, progressFrom, type TopicOptions } from './topicRun.ts';
import { priceOf } from '../../llm/cost/prices.ts';
import { estimatedCost, type Estimate } from '../../llm/cost/estimate.ts';

/**
 * What asking for names is expected to take from now on, if each request brings the names that it asks for;
 * `texts` are names. Writes and sends nothing. Throws `UserError`.
 */
export async function estimateTopics(options: TopicOptions): Promise<Estimate> {
  const { provider, project, types, count } = options;
  const known = priceOf(provider.model, project.generation.prices);
  const tokens = { input: 0, output: 0 };
  let texts = 0;
  let requests = 0;
  let upTo = 0;
  let spentUsd = 0;
  for (const type of types) {
    const state = await readTopicRun(options, type, known?.price);
    spentUsd += state.usage.costUsd + state.usage.unansweredUsd;
    const progress = progressFrom(options, type, state);
    const wish = progress.next();
    if (wish === undefined) continue;
    texts += count - progress.names().length;
    for (const names of progress.left()) {
      const asked = { ...wish, count: names };
      const composed = composeTopicRequest(asked, { project, index: 0, price: known?.price });
      requests++;
      tokens.input += composed.tokens.input;
      tokens.output += composed.tokens.output;
      upTo = Math.max(upTo, composed.upTo);
    }
  }
  return {
    texts,
    requests,
    tokens,
    ...estimatedCost(known, tokens, upTo),
    ...(known === undefined ? {} : { spentUsd }),
  };
}
