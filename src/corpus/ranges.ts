import type { TextRange } from './document.ts';

/** Whether two ranges share a position. */
export function overlap(a: TextRange, b: TextRange): boolean {
  return a.start < b.end && b.start < a.end;
}
