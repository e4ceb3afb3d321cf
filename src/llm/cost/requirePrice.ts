import { UserError } from '../../foundation/userError.ts';
import type { GenerationSettings, TokenPrice } from '../../project/project.ts';
import type { Provider } from '../provider.ts';
import { priceOf } from './prices.ts';

/**
 * The price that a run counts with. Throws `UserError` when a limit is set and nobody knows the price: it
 * could not be kept.
 */
export function runPrice(
  { model, isRepeatable }: Provider,
  { prices }: GenerationSettings,
  maxCostUsd?: number,
): TokenPrice | undefined {
  if (isRepeatable === true) return undefined;
  const price = priceOf(model, prices)?.price;
  if (price === undefined && maxCostUsd !== undefined) {
    throw new UserError(
      `The limit of ${maxCostUsd} USD cannot be kept: the price of "${model}" is not known.`,
      {
        nextStep:
          `Put it into chartmark.json, in USD per million tokens: "generation": {"prices": {"${model}": ` +
          '{"input": 0.15, "output": 0.60}}}, with the figures of the service.',
      },
    );
  }
  return price;
}
