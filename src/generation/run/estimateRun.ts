import type { WriterInfo } from '../plan/requestSpec.ts';
import { batchPrice, priceOf, type TokenPrice } from '../../llm/cost/prices.ts';
import type { MeasuredRequest } from '../../llm/cost/measureRequest.ts';
import { runFiles } from '../../runs/runFiles.ts';
import path from 'node:path';
import { planRequest, type RunPlan } from '../plan/planRequest.ts';
import { checkWriter, planRun, type PlanOptions } from '../plan/planRun.ts';
import { composeRequest } from '../prompt/composeRequest.ts';
import { readLedgerState } from '../../runs/ledgerState.ts';
import { estimatedCost, type Estimate } from '../../llm/cost/estimate.ts';

export interface EstimateOptions extends PlanOptions {
  readonly provider: WriterInfo;
  /** The folder of a run that is to be resumed: what it has and used counts. */
  readonly resume?: string;
  /** Its requests are written as batches, at their price. Rejected texts are left to the next batches. */
  readonly inBatches?: boolean;
}

/** The share of texts that are accepted, as long as the run itself has not shown it. */
const usualYield = 0.8;
/** With so many texts or replies, a run's own figures are used. */
const enoughTexts = 50;
const enoughReplies = 5;

/** Estimates a run before anything of it is sent. Writes nothing. Throws `UserError`. */
export async function estimateRun(options: EstimateOptions): Promise<Estimate> {
  const { provider, project, count, resume, inBatches = false } = options;
  const plan = planRun(options);
  checkWriter(provider, plan);
  const live =
    provider.isRepeatable === true ? undefined : priceOf(provider.model, project.generation.prices);
  const known = live === undefined || !inBatches ? live : { ...live, price: batchPrice(live.price) };
  const state =
    resume === undefined
      ? undefined
      : await readLedgerState(path.join(resume, runFiles.ledger), { price: live?.price, isLookedAt: true });
  const { accepted = 0, rejected = 0, usage } = state ?? {};
  const out = state?.out ?? [];
  const texts = Math.max(0, count - accepted - out.reduce((sum, request) => sum + request.texts, 0));
  const share =
    accepted + rejected >= enoughTexts ? Math.max(0.05, accepted / (accepted + rejected)) : usualYield;
  const requests = Math.ceil(texts / plan.project.generation.textsPerRequest / (inBatches ? 1 : share));
  const typical = typicalRequest({ ...plan, count: Math.max(1, texts) }, known?.price);
  const seen = usage !== undefined && usage.replies >= enoughReplies ? usage : undefined;
  const perRequest = {
    input:
      seen === undefined || seen.inputTokens === 0 ? typical.tokens.input : seen.inputTokens / seen.replies,
    output:
      seen === undefined || seen.outputTokens === 0
        ? typical.tokens.output
        : seen.outputTokens / seen.replies,
  };
  const tokens = {
    input: Math.round(requests * perRequest.input),
    output: Math.round(requests * perRequest.output),
  };
  return {
    texts,
    requests,
    tokens,
    ...estimatedCost(known, tokens, typical.upTo),
    ...(known === undefined || usage === undefined ? {} : { spentUsd: usage.costUsd + usage.unansweredUsd }),
    ...(known === undefined || out.length === 0
      ? {}
      : { outUpToUsd: out.reduce((sum, { upTo = 0 }) => sum + upTo, 0) }),
  };
}

/** A typical request of the run. If it is about several relations: mean tokens, and the highest cost. */
function typicalRequest(
  plan: RunPlan,
  price: TokenPrice | undefined,
): Pick<MeasuredRequest, 'tokens' | 'upTo'> {
  const plans = plan.relations?.map((relation) => ({ ...plan, relations: [relation] })) ?? [plan];
  const composed = plans.map((one) =>
    composeRequest(planRequest(one, 0, { accepted: 0, acceptedNegative: 0 }), { plan: one, index: 0, price }),
  );
  const mean = (of: (request: MeasuredRequest) => number): number =>
    composed.reduce((sum, request) => sum + of(request), 0) / composed.length;
  return {
    tokens: { input: mean(({ tokens }) => tokens.input), output: mean(({ tokens }) => tokens.output) },
    upTo: Math.max(...composed.map(({ upTo }) => upTo)),
  };
}
