import { runFiles } from '../../runs/runFiles.ts';
import path from 'node:path';
import { priceOf } from '../../llm/cost/prices.ts';
import { estimatedCost, type Estimate } from '../../llm/cost/estimate.ts';
import { readLedgerState } from '../../runs/ledgerState.ts';
import type { QueryOptions, QuestionSet } from './queryAll.ts';
import { numberQuestions } from './numbering.ts';
import type { GivenText } from './question.ts';

export type EstimateOptions = Pick<QueryOptions, 'provider' | 'out' | 'resume'>;

/**
 * What querying is expected to take from now on, and what it costs at most in USD if the price is known. Writes and
 * sends nothing. Throws `UserError`.
 */
export async function estimateQuestions<Q extends GivenText>(
  { project, batches, compose }: Pick<QuestionSet<Q>, 'project' | 'batches' | 'compose'>,
  { provider, out, resume }: EstimateOptions,
): Promise<Estimate & { readonly upToUsd?: number }> {
  const known = priceOf(provider.model, project.generation.prices);
  const state =
    resume === true
      ? await readLedgerState(path.join(out, runFiles.ledger), { price: known?.price, isLookedAt: true })
      : undefined;
  const all = batches.flat();
  const requests = numberQuestions(batches).left(state ?? { open: [], owed: [], lastPart: 0, nextIndex: 0 });
  const tokens = { input: 0, output: 0 };
  let texts = 0;
  let upTo = 0;
  let upToUsd = 0;
  for (const { index, questions } of requests) {
    const composed = compose(
      questions.map((number) => all[number] as Q),
      { index, price: known?.price },
    );
    texts += questions.length;
    tokens.input += composed.tokens.input;
    tokens.output += composed.tokens.output;
    upTo = Math.max(upTo, composed.upTo);
    upToUsd += composed.upTo;
  }
  return {
    texts,
    requests: requests.length,
    tokens,
    ...estimatedCost(known, tokens, upTo),
    ...(known === undefined ? {} : { upToUsd }),
    ...(known === undefined || state === undefined
      ? {}
      : { spentUsd: state.usage.costUsd + state.usage.unansweredUsd }),
  };
}
