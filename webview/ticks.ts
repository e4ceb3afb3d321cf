/** 1, 2 or 5 times a power of ten: the steps of an axis that people read easily. At least `needed`. */
function niceStep(needed: number): number {
  const power = 10 ** Math.floor(Math.log10(needed));
  return ([1, 2, 5].find((factor) => factor * power >= needed) ?? 10) * power;
}

/** Places of an axis from 0 to `max` or a little more, `most` or fewer of them beside 0. */
export function ticksUpTo(max: number, most: number): readonly number[] {
  const step = niceStep(max / most);
  return Array.from({ length: Math.ceil(max / step - 1e-9) + 1 }, (_, i) => i * step);
}

/** Whole numbers from 0 to `max`, its end included, `most` or fewer of them beside 0. */
export function wholeTicks(max: number, most: number): readonly number[] {
  const step = Math.max(1, niceStep(max / most));
  const inner = Array.from({ length: Math.floor(max / step) + 1 }, (_, i) => i * step);
  const last = inner.at(-1) as number;
  if (last === max) return inner;
  // No two labels closer than half a step.
  return max - last < step / 2 ? [...inner.slice(0, -1), max] : [...inner, max];
}
