import { adamwConstants, type AdamWStep } from './kernel/adamw.ts';

export interface Update {
  /** Counts from 1. */
  readonly step: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  /** The factor for all gradients that clips them. */
  readonly gradientScale: number;
}

/** Converts an update for the kernel, with or without weight decay. */
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

/** The factor that clips gradients of this norm to `maximum`, as PyTorch's `clip_grad_norm_` does. */
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
