/** `13589` as `13,589`. */
export function grouped(count: number): string {
  return count.toLocaleString('en-GB');
}

export function countOf(count: number, thing: string): string {
  return `${grouped(count)} ${thing}${count === 1 ? '' : 's'}`;
}
