import { adamwConstants, type AdamWStep } from './kernel/adamw.ts';

/** What one update is done with. */
export interface Update {
  /** Counts from 1. */
  readonly step: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  /** Factor of all gradients: clipping. */
  readonly gradientScale: number;
}

/** An update as the kernel wants it, for weights that decay or don't. */
export function adamwStep(update: Update, decays: boolean): AdamWStep {
  const { step, learningRate, weightDecay, gradientScale } = update;
  const { beta1, beta2 } = adamwConstants;
  return {
    keep: decays ? 1 - learningRate * weightDecay : 1,
    rate: learningRate / (1 - beta1 ** step),
    rootScale: 1 / Math.sqrt(1 - beta2 ** step),
    gradientScale,
  };
}

/** The factor that brings gradients of this norm down to `maximum`, as PyTorch's `clip_grad_norm_`. */
export function clippingScale(norm: number, maximum: number): number {
  return Math.min(1, maximum / (norm + 1e-6));
}

/** Share of the steps over which the learning rate rises. */
const warmUpShare = 0.1;

/** Learning rate of a step (0 .. steps - 1): rises to `peak` over the first tenth, then falls to 0 linearly. */
export function learningRateAt(step: number, steps: number, peak: number): number {
  const warmUp = Math.ceil(steps * warmUpShare);
  if (step < warmUp) return (peak * (step + 1)) / warmUp;
  return (peak * (steps - step)) / (steps - warmUp + 1);
}
