import type { TokenPrice } from '../../llm/cost/prices.ts';
import type { RequestSpec, TextRequest } from '../plan/requestSpec.ts';
import type { MeasuredRequest } from '../../llm/cost/measureRequest.ts';
import { specOfRecord } from './specRecord.ts';
import type { Account } from '../../llm/cost/account.ts';
import { planRequest, type RunPlan } from '../plan/planRequest.ts';
import { addTexts, type RunCount, sumOfCounts, requestedTexts } from '../plan/textCount.ts';
import { composeRequest } from '../prompt/composeRequest.ts';
import type { LedgerState } from '../../runs/ledgerState.ts';

/** A request that can be sent now, or why there is none. */
export type Next =
  | {
      readonly kind: 'request';
      readonly index: number;
      readonly spec: RequestSpec;
      readonly composed: MeasuredRequest<TextRequest>;
    }
  /** What is on its way may be enough, or may leave more of the limit than it could cost. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'enough' }
  | { readonly kind: 'too-dear'; readonly upTo: number };

/** What the next request depends on. */
interface Moment {
  readonly tally: RunCount;
  /** Asks whose replies are not judged yet. */
  readonly flying: Iterable<RequestSpec>;
}

/**
 * Draws a run's requests: first those that a killed run left without a reply, then new ones. Counts on those
 * that are out in batches.
 */
export function requestSource(
  plan: RunPlan,
  { open, out, nextIndex }: Pick<LedgerState, 'open' | 'out' | 'nextIndex'>,
  { account, price }: { readonly account: Account; readonly price: TokenPrice | undefined },
): (moment: Moment) => Next {
  let again = 0;
  const expected: RunCount = { accepted: 0, acceptedNegative: 0 };
  for (const request of out) addTexts(expected, request);
  let fresh = nextIndex;
  return ({ tally, flying }) => {
    // Counts on every text that was asked for; what is refused is asked for again later.
    const counted = sumOfCounts([tally, expected]);
    let isFlying = false;
    for (const spec of flying) {
      isFlying = true;
      addTexts(counted, requestedTexts(spec));
    }
    const missing = plan.count - counted.accepted;
    // A small rest is asked for in one request once it is known, not in many small ones.
    if (isFlying && missing < plan.project.generation.textsPerRequest) return { kind: 'wait' };
    if (missing <= 0) return { kind: 'enough' };
    const lost = open[again];
    if (lost === undefined && fresh >= (plan.mostRequests ?? Infinity)) return { kind: 'enough' };
    const index = lost?.index ?? fresh;
    const spec = lost === undefined ? planRequest(plan, index, counted) : specOfRecord(lost, plan);
    const composed = composeRequest(spec, { plan, index, price });
    if (!account.fits(composed.upTo)) {
      return isFlying ? { kind: 'wait' } : { kind: 'too-dear', upTo: composed.upTo };
    }
    if (lost === undefined) fresh++;
    else again++;
    return { kind: 'request', index, spec, composed };
  };
}
