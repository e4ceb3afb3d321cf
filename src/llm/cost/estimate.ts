import { pricesDate, type priceOf, tokenCost, type TokenPrice } from './prices.ts';

/** The expected size of the remaining work of a run. */
export interface Estimate {
  /** How many texts are still to be accepted. */
  readonly texts: number;
  readonly requests: number;
  readonly tokens: { readonly input: number; readonly output: number };
  /** In USD; absent if the price is not known. */
  readonly costUsd?: number;
  /** The most that one request can cost. */
  readonly requestUpToUsd?: number;
  readonly price?: TokenPrice & {
    /** Where the price comes from, in words. */
    readonly source: string;
  };
  /** What a resumed run has cost so far. */
  readonly spentUsd?: number;
  /** The most that its requests in open batches can cost. */
  readonly outUpToUsd?: number;
}

/** The expected cost of requests; empty if the price is not known. `upTo`: the maximum cost of one request, in USD. */
export function estimatedCost(
  known: ReturnType<typeof priceOf>,
  tokens: Estimate['tokens'],
  upTo: number,
): Pick<Estimate, 'costUsd' | 'requestUpToUsd' | 'price'> {
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
