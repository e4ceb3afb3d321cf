import type { Update } from '../../../src/training/optimizer.ts';

/** AdamW as in PyTorch's documentation, one number at a time, in double precision. */
export function referenceAdamW(start: Iterable<number>) {
  const weights = Float64Array.from(start);
  const mean = new Float64Array(weights.length);
  const square = new Float64Array(weights.length);
  return {
    weights,
    update(gradient: Float64Array, { step, learningRate, weightDecay, gradientScale }: Update): void {
      for (let i = 0; i < weights.length; i++) {
        const g = (gradient[i] as number) * gradientScale;
        mean[i] = 0.9 * (mean[i] as number) + 0.1 * g;
        square[i] = 0.999 * (square[i] as number) + 0.001 * g * g;
        const meanHat = (mean[i] as number) / (1 - 0.9 ** step);
        const squareHat = (square[i] as number) / (1 - 0.999 ** step);
        weights[i] =
          (weights[i] as number) * (1 - learningRate * weightDecay) -
          (learningRate * meanHat) / (Math.sqrt(squareHat) + 1e-8);
      }
    },
  };
}
