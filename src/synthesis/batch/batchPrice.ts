import type { TokenPrice } from '../../project/project.ts';

/** What requests cost in a batch: as much as others, unless the settings say so. */
export function batchPrice(price: TokenPrice | undefined): TokenPrice | undefined {
  return price?.batch ?? price;
}
