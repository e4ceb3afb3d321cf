import path from 'node:path';
import { priceOf } from '../cost/prices.ts';
import { estimatedCost, type RunEstimate } from '../cost/runEstimate.ts';
import { readLedgerState } from '../run/ledgerState.ts';
import { runFiles } from '../runFolder.ts';
import type { AskingOptions, Inquest } from './askAll.ts';
import { type ExtractOptions, inquestOf } from './extract.ts';

type Estimated = Pick<AskingOptions, 'provider' | 'out' | 'resume'>;

/** What asking is expected to take from now on. Writes and sends nothing. Throws `UserError`. */
export function estimateExtract(
  options: Estimated & Pick<ExtractOptions, 'task' | 'project' | 'labels' | 'questions' | 'perRequest'>,
): Promise<RunEstimate> {
  return estimateAsking(inquestOf(options), options);
}

/** The same of any questions, and what they cost at most in USD where the price is known. */
export async function estimateAsking(
  { project, batches, compose }: Pick<Inquest, 'project' | 'batches' | 'compose'>,
  { provider, out, resume }: Estimated,
): Promise<RunEstimate & { readonly upToUsd?: number }> {
  const known = priceOf(provider.model, project.generation.prices);
  const state =
    resume === true
      ? await readLedgerState(path.join(out, runFiles.ledger), { price: known?.price, isLookedAt: true })
      : undefined;
  const { nextIndex = 0, open = [] } = state ?? {};
  const asked = new Set(open.map(({ index }) => index));
  const tokens = { input: 0, output: 0 };
  let requests = 0;
  let texts = 0;
  let upTo = 0;
  let upToUsd = 0;
  for (const [index, batch] of batches.entries()) {
    if (index < nextIndex && !asked.has(index)) continue;
    const composed = compose(index, known?.price);
    requests++;
    texts += batch.length;
    tokens.input += composed.tokens.input;
    tokens.output += composed.tokens.output;
    upTo = Math.max(upTo, composed.upTo);
    upToUsd += composed.upTo;
  }
  return {
    texts,
    requests,
    tokens,
    ...estimatedCost(known, tokens, upTo),
    ...(known === undefined ? {} : { upToUsd }),
    ...(known === undefined || state === undefined
      ? {}
      : { spentUsd: state.usage.costUsd + state.usage.unansweredUsd }),
  };
}
