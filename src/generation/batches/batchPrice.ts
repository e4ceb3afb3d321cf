import type { TokenPrice } from '../../project/project.ts';

/** What requests cost in a batch: as much as others, unless the settings say so. */
export function batchPrice<P extends TokenPrice | undefined>(price: P): TokenPrice | P {
  return price?.batch ?? price;
}
