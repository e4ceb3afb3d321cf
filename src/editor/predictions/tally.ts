import type { Span } from '../../corpus/document.ts';
import { counted } from '../../foundation/numbers.ts';

/** `4 mentions (3 Disease, 1 Chemical)`, the most frequent type first. */
export function tally(spans: readonly Span[]): string {
  const counts = new Map<string, number>();
  for (const { label } of spans) counts.set(label, (counts.get(label) ?? 0) + 1);
  const parts = [...counts].sort((a, b) => b[1] - a[1]).map(([label, count]) => `${count} ${label}`);
  const total = counted(spans.length, 'mention');
  return parts.length === 0 ? total : `${total} (${parts.join(', ')})`;
}
