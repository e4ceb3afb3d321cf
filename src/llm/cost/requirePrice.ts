import { UserError } from '../../foundation/userError.ts';
import type { ModelInfo } from '../provider.ts';
import { priceOf, type TokenPrice } from './prices.ts';

/**
 * The price by which a run counts its cost; undefined if it is not known. Throws `UserError` if there is a cost limit
 * but no known price, because the limit could not be enforced.
 */
export function requirePrice(
  { model, isRepeatable }: ModelInfo,
  prices: Readonly<Record<string, TokenPrice>>,
  maxCostUsd?: number,
): TokenPrice | undefined {
  if (isRepeatable === true) return undefined;
  const price = priceOf(model, prices)?.price;
  if (price === undefined && maxCostUsd !== undefined) {
    throw new UserError(
      `The limit of ${maxCostUsd} USD cannot be enforced: the price of "${model}" is not known.`,
      {
        nextStep:
          `Add the service's price to chartmark.json, in USD per million tokens: "generation": {"prices": {"${model}": ` +
          '{"input": 0.15, "output": 0.60}}}.',
      },
    );
  }
  return price;
}
