/** Share of the steps over which the learning rate rises. */
const warmUpShare = 0.1;

/** Learning rate of a step (0 .. steps - 1): rises to `peak` over the first tenth, then falls to 0 linearly. */
export function learningRateAt(step: number, steps: number, peak: number): number {
  const warmUp = Math.ceil(steps * warmUpShare);
  if (step < warmUp) return (peak * (step + 1)) / warmUp;
  return (peak * (steps - step)) / (steps - warmUp + 1);
}
