import type { ReplyItem } from './replyItems.ts';

const numbered = /^\(?(\d{1,3})[.):]\s+(?=\S)/;
const bullet = /^[-*\u2022]\s+(?=\S)/;

/**
 * Removes list markers from the texts of a reply: consecutive numbers (from 1; three or more texts may start at any
 * number), or a bullet before each. Any other number belongs to its text.
 */
export function withoutListMarkers(items: readonly ReplyItem[]): readonly ReplyItem[] {
  const whole = items.filter(({ problem }) => problem === undefined);
  const first = whole[0]?.text ?? '';
  if (whole.length < 2) return items;
  if (numbered.test(first) && areCounted(items)) return items.map((item) => without(item, numbered));
  if (bullet.test(first) && whole.every(({ text }) => bullet.test(text))) {
    return items.map((item) => without(item, bullet));
  }
  return items;
}

/** Whether the texts are numbered consecutively; a broken item counts as one place. */
function areCounted(items: readonly ReplyItem[]): boolean {
  const starts = items.flatMap(({ text, problem }, index) =>
    problem === undefined ? [Number(numbered.exec(text)?.[1]) - index] : [],
  );
  return starts.every((start) => start === starts[0]) && (starts[0] === 1 || starts.length > 2);
}

function without(item: ReplyItem, marker: RegExp): ReplyItem {
  return item.problem === undefined ? { ...item, text: item.text.replace(marker, '') } : item;
}
