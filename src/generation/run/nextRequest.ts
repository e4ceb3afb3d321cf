import type { Account } from '../../llm/cost/account.ts';
import type { MeasuredRequest } from '../../llm/cost/measureRequest.ts';
import type { TokenPrice } from '../../llm/cost/prices.ts';
import type { LedgerState } from '../../runs/ledgerState.ts';
import { planRequest, type RunPlan } from '../plan/planRequest.ts';
import type { RequestSpec, TextRequest } from '../plan/requestSpec.ts';
import { addTexts, type RunCount, sumOfCounts, requestedTexts } from '../plan/textCount.ts';
import { composeRequest } from '../prompt/composeRequest.ts';
import { specOfRecord } from './specRecord.ts';

/** A request that can be sent now, or why there is none. */
export type Next =
  | {
      readonly kind: 'request';
      readonly index: number;
      readonly spec: RequestSpec;
      readonly composed: MeasuredRequest<TextRequest>;
    }
  /** What is in flight may be enough, or may cost less than it could, so that another request fits into the limit. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'enough' }
  /** It could pass the limit of cost. */
  | { readonly kind: 'over limit'; readonly upTo: number };

/** The next request of a run with these texts, while requests in flight are not judged yet. */
type RequestSource = (tally: RunCount, inFlight: Iterable<RequestSpec>) => Next;

/**
 * Gives a run's requests: first those that a killed run left without a reply, then new ones. Requests that are out in
 * batches count as if all their texts were accepted.
 */
export function requestSource(
  plan: RunPlan,
  { open, out, nextIndex }: Pick<LedgerState, 'open' | 'out' | 'nextIndex'>,
  { account, price }: { readonly account: Account; readonly price: TokenPrice | undefined },
): RequestSource {
  const inBatches: RunCount = { accepted: 0, acceptedNegative: 0 };
  for (const request of out) addTexts(inBatches, request);
  let resent = 0;
  let fresh = nextIndex;
  return (tally, inFlight) => {
    // Every text that was requested counts. Texts that are rejected are requested again later.
    const counted = sumOfCounts([tally, inBatches]);
    const specs = [...inFlight];
    for (const spec of specs) addTexts(counted, requestedTexts(spec));
    const missing = plan.count - counted.accepted;
    // A small rest is requested at once when it is known, not in many small requests.
    if (specs.length > 0 && missing < plan.project.generation.textsPerRequest) return { kind: 'wait' };
    if (missing <= 0) return { kind: 'enough' };
    const again = open[resent];
    if (again === undefined && fresh >= (plan.mostRequests ?? Infinity)) return { kind: 'enough' };
    const index = again?.index ?? fresh;
    const spec = again === undefined ? planRequest(plan, index, counted) : specOfRecord(again, plan);
    const composed = composeRequest(spec, { plan, index, price });
    if (!account.fits(composed.upTo)) {
      return specs.length > 0 ? { kind: 'wait' } : { kind: 'over limit', upTo: composed.upTo };
    }
    if (again === undefined) fresh++;
    else resent++;
    return { kind: 'request', index, spec, composed };
  };
}
