import { counted, grouped } from '../../foundation/numbers.ts';
import type { ModelInfo } from '../provider.ts';
import { dollars } from './dollars.ts';
import type { Estimate } from './estimate.ts';

/** An estimate in sentences, one per line. `mayGrow` says when the requests may need more. */
export function describeEstimate(
  estimate: Estimate,
  provider: ModelInfo,
  mayGrow = '; more if many texts are refused',
): readonly string[] {
  const { requests, tokens, costUsd, requestUpToUsd, price, spentUsd, outUpToUsd } = estimate;
  if (provider.isRepeatable === true)
    return [`About ${counted(requests, 'request')} to this computer, at no cost.`];
  const lines = [
    `About ${counted(requests, 'request')}, ${thousands(tokens.input)} tokens of input and ` +
      `${thousands(tokens.output)} of output${mayGrow}.`,
  ];
  if (costUsd !== undefined && price !== undefined) {
    lines.push(
      `About ${dollars(costUsd)}, at most ${dollars(requestUpToUsd ?? 0)} per request: ${price.input} and ${price.output} ` +
        `USD per million tokens of input and output (${price.source}).`,
    );
  } else {
    lines.push(
      provider.destination.kind === 'local'
        ? 'No price is known. A model on this computer usually costs nothing.'
        : `The price of "${provider.model}" is not known. You can add it to "generation.prices" in chartmark.json.`,
    );
  }
  if (spentUsd !== undefined && spentUsd > 0)
    lines.push(`The run has cost up to ${dollars(spentUsd)} so far.`);
  if (outUpToUsd !== undefined) {
    lines.push(`Its requests in open batches may cost up to ${dollars(outUpToUsd)}.`);
  }
  return lines;
}

function thousands(tokens: number): string {
  return grouped(tokens < 10_000 ? tokens : Math.round(tokens / 1000) * 1000);
}
