/** `0.754` as `75.4%`. */
export function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(1)}%`;
}

/** A fraction as a CSS length, limited to its container. */
export function cssPercent(fraction: number): string {
  return `${(Math.min(Math.max(fraction, 0), 1) * 100).toFixed(2)}%`;
}

/** `13589` as `13,589`. */
export function grouped(count: number): string {
  return count.toLocaleString('en-GB');
}

/** `1 text`, `2,000 texts`. `things` is the plural if it is not `thing` with an s. */
export function counted(count: number, thing: string, things?: string): string {
  return `${grouped(count)} ${plural(count, thing, things)}`;
}

/** The singular or plural of a word for a count: `text` or `texts`. */
export function plural(count: number, thing: string, things = `${thing}s`): string {
  return count === 1 ? thing : things;
}

/** `total` in `parts` whole shares that differ by one at most, the greater ones first. */
export function evenShares(total: number, parts: number): readonly number[] {
  const least = Math.floor(total / parts);
  const rest = total - least * parts;
  return Array.from({ length: parts }, (_, index) => least + (index < rest ? 1 : 0));
}
