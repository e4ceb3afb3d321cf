import { pricesDate, type priceOf, tokenCost, type TokenPrice } from './prices.ts';

/** What a run is expected to take from now on. */
export interface Estimate {
  /** Texts that are still to be accepted. */
  readonly texts: number;
  readonly requests: number;
  readonly tokens: { readonly input: number; readonly output: number };
  /** In USD; absent where the price is not known. */
  readonly costUsd?: number;
  /** What one request can cost at most. */
  readonly requestUpToUsd?: number;
  readonly price?: TokenPrice & {
    /** Where the price comes from, in words. */
    readonly source: string;
  };
  /** What the run that is gone on with has cost so far. */
  readonly spentUsd?: number;
  /** What its requests that are out in batches can cost at most. */
  readonly outUpToUsd?: number;
}

/** What requests are expected to cost; nothing where the price is not known. `upTo`: one of them at most, in USD. */
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
