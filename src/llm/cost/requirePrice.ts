import { UserError } from '../../foundation/userError.ts';
import type { ModelInfo } from '../provider.ts';
import { priceOf, type TokenPrice } from './prices.ts';

/**
 * The price that a run counts with, undefined if it is not known. Throws `UserError` if there is a limit of cost and
 * no known price, because the limit could not be enforced.
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
          `Put it into chartmark.json, in USD per million tokens: "generation": {"prices": {"${model}": ` +
          '{"input": 0.15, "output": 0.60}}}, with the figures of the service.',
      },
    );
  }
  return price;
}
