import path from 'node:path';
import { estimatedCost, type Estimate } from '../../llm/cost/estimate.ts';
import { priceOf } from '../../llm/cost/prices.ts';
import type { ModelInfo } from '../../llm/provider.ts';
import { readLedgerState } from '../../runs/ledgerState.ts';
import { runFiles } from '../../runs/runFiles.ts';
import { numberQuestions } from './numbering.ts';
import type { GivenText, QuestionSet } from './questionSet.ts';
import { isTooMuch } from './readReply.ts';

export interface EstimateOptions {
  readonly provider: ModelInfo;
  /** The folder of the run, which may not exist yet. */
  readonly out: string;
  readonly resume?: boolean;
}

/** The estimate for the remaining requests; `upToUsd` is their highest possible cost, if the price is known. */
export type QuestionEstimate = Estimate & { readonly upToUsd?: number };

/** The estimate, and the questions that may be sent. Writes and sends nothing. Throws `UserError`. */
export async function estimateQuestions<Q extends GivenText>(
  { project, batches, compose }: Pick<QuestionSet<Q>, 'project' | 'batches' | 'compose'>,
  { provider, out, resume }: EstimateOptions,
): Promise<{ readonly estimate: QuestionEstimate; readonly questions: readonly Q[] }> {
  const known = priceOf(provider.model, project.generation.prices);
  const state =
    resume === true
      ? await readLedgerState(path.join(out, runFiles.ledger), { price: known?.price, isLookedAt: true })
      : undefined;
  const { left, numbersOf, questionsAt } = numberQuestions(batches);
  const requests = left(state ?? { open: [], owed: [], lastPart: 0, nextIndex: 0 });
  for (const { request, reply } of state?.pending ?? []) {
    const numbers = numbersOf(request);
    // Parts of it are sent again once its reply is read.
    if (isTooMuch(reply) && numbers.length > 1) requests.push({ index: request.index, questions: numbers });
  }
  const tokens = { input: 0, output: 0 };
  const questions: Q[] = [];
  let upTo = 0;
  let upToUsd = 0;
  for (const { index, questions: numbers } of requests) {
    const own = questionsAt(numbers);
    const composed = compose(own, { index, price: known?.price });
    questions.push(...own);
    tokens.input += composed.tokens.input;
    tokens.output += composed.tokens.output;
    upTo = Math.max(upTo, composed.upTo);
    upToUsd += composed.upTo;
  }
  const estimate = {
    texts: questions.length,
    requests: requests.length,
    tokens,
    ...estimatedCost(known, tokens, upTo),
    ...(known === undefined ? {} : { upToUsd }),
    ...(known === undefined || state === undefined
      ? {}
      : { spentUsd: state.usage.costUsd + state.usage.unansweredUsd }),
  };
  return { estimate, questions };
}
