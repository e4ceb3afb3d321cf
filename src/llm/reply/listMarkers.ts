import { markerOf } from './itemMarkers.ts';
import type { ReplyItem } from './replyItems.ts';

/**
 * Removes list markers from the texts of a reply: consecutive numbers (from 1; three or more texts may start at any
 * number), or a bullet before each. Any other number belongs to its text.
 */
export function withoutListMarkers(items: readonly ReplyItem[]): readonly ReplyItem[] {
  const whole = items.filter(({ problem }) => problem === undefined);
  if (whole.length < 2) return items;
  const areMarked =
    markerOf(whole[0]?.text ?? '')?.number === undefined
      ? whole.every(({ text }) => isBullet(text))
      : areCounted(items);
  return areMarked ? items.map(withoutMarker) : items;
}

function isBullet(text: string): boolean {
  const marker = markerOf(text);
  return marker !== undefined && marker.number === undefined;
}

/** Whether the texts are numbered consecutively; a broken item counts as one place. */
function areCounted(items: readonly ReplyItem[]): boolean {
  const starts = items.flatMap(({ text, problem }, index) =>
    problem === undefined ? [(markerOf(text)?.number ?? Number.NaN) - index] : [],
  );
  return starts.every((start) => start === starts[0]) && (starts[0] === 1 || starts.length > 2);
}

function withoutMarker(item: ReplyItem): ReplyItem {
  return item.problem === undefined
    ? { ...item, text: item.text.slice(markerOf(item.text)?.end ?? 0) }
    : item;
}
