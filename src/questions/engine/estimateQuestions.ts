import path from 'node:path';
import { priceOf } from '../../llm/cost/prices.ts';
import { estimatedCost, type RunEstimate } from '../../llm/cost/estimate.ts';
import { checkDescription } from '../../runs/runDescription.ts';
import { readLedgerState } from '../../runs/ledgerState.ts';
import { runFiles } from '../../runs/runFolder.ts';
import type { AskingOptions, Inquest } from './queryAll.ts';
import { type ExtractOptions, inquestOf } from '../extract/extract.ts';
import { numberQuestions } from './numbering.ts';
import type { Asked } from './question.ts';

type Estimated = Pick<AskingOptions, 'provider' | 'out' | 'resume'>;

/**
 * What asking is expected to take from now on. Writes and sends nothing. Throws `UserError`, also where the run
 * could not be begun or gone on with.
 */
export async function estimateExtract(
  options: Estimated &
    Pick<ExtractOptions, 'task' | 'project' | 'labels' | 'questions' | 'perRequest' | 'sources'>,
): Promise<RunEstimate> {
  const { out, resume = false } = options;
  const inquest = inquestOf(options);
  await checkDescription(path.join(out, runFiles.run), inquest.description, resume);
  return estimateAsking(inquest, options);
}

/** The same of any questions, and what they cost at most in USD where the price is known. */
export async function estimateAsking<Q extends Asked>(
  { project, batches, compose }: Pick<Inquest<Q>, 'project' | 'batches' | 'compose'>,
  { provider, out, resume }: Estimated,
): Promise<RunEstimate & { readonly upToUsd?: number }> {
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
