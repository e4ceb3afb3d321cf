import type { RunEstimate } from './estimateRun.ts';
import { pricesDate, type priceOf, tokenCost } from './prices.ts';

/** What requests are expected to cost; nothing where the price is not known. `upTo`: one of them at most, in USD. */
export function estimatedCost(
  known: ReturnType<typeof priceOf>,
  tokens: RunEstimate['tokens'],
  upTo: number,
): Pick<RunEstimate, 'costUsd' | 'requestUpToUsd' | 'price'> {
  if (known === undefined) return {};
  const { price, source } = known;
  return {
    costUsd: tokenCost(tokens, price),
    requestUpToUsd: upTo,
    price: {
      ...price,
      source: source === 'settings' ? 'chartmark.json' : `price lists of ${pricesDate}; check it`,
    },
  };
}
