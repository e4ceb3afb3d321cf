import path from 'node:path';
import { estimatedCost, type RunEstimate } from '../cost/runEstimate.ts';
import { priceOf } from '../cost/prices.ts';
import { readLedgerState } from '../run/ledgerState.ts';
import { runFiles } from '../runFolder.ts';
import { askAbout } from './askAbout.ts';
import type { ExtractOptions } from './extract.ts';
import { batchesOf } from './question.ts';

/** What asking is expected to take from now on. Writes and sends nothing. Throws `UserError`. */
export async function estimateExtract(
  options: Pick<
    ExtractOptions,
    'task' | 'project' | 'labels' | 'provider' | 'questions' | 'perRequest' | 'out' | 'resume'
  >,
): Promise<RunEstimate> {
  const { provider, project, out, resume } = options;
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
  for (const [index, batch] of batchesOf(options.questions, options.perRequest).entries()) {
    if (index < nextIndex && !asked.has(index)) continue;
    const composed = askAbout(batch, options, { index, price: known?.price });
    requests++;
    texts += batch.length;
    tokens.input += composed.tokens.input;
    tokens.output += composed.tokens.output;
    upTo = Math.max(upTo, composed.upTo);
  }
  return {
    texts,
    requests,
    tokens,
    ...estimatedCost(known, tokens, upTo),
    ...(known === undefined || state === undefined
      ? {}
      : { spentUsd: state.usage.costUsd + state.usage.unansweredUsd }),
  };
}
