import type { Mention } from '../../src/corpus/tagged/inlineTags.ts';

/** A range of UTF-16 offsets, its end exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The words of a text: whatever stands between blanks, without the punctuation around it. */
export function wordsIn(text: string): readonly Range[] {
  return [...text.matchAll(/\S+/gu)].flatMap(({ index, 0: found }) => {
    const start = found.search(/[\p{L}\p{N}]/u);
    if (start === -1) return [];
    let end = found.length;
    while (!/[\p{L}\p{N}%)]/u.test(found.charAt(end - 1)) && end > start + 1) end--;
    return [{ start: index + start, end: index + end }];
  });
}

/** The whole words that a selection touches, or undefined if it touches none. */
export function wholeWords(text: string, { start, end }: Range): Range | undefined {
  const touched = wordsIn(text).filter((word) => word.start < end && word.end > start);
  const [first, last] = [touched[0], touched.at(-1)];
  return first === undefined || last === undefined ? undefined : { start: first.start, end: last.end };
}

/** The mentions with `range` labelled so, in place of all that it touches; without these if `label` is undefined. */
export function relabelled(
  mentions: readonly Mention[],
  range: Range,
  label: string | undefined,
): readonly Mention[] {
  const others = mentions.filter(({ start, end }) => end <= range.start || start >= range.end);
  const added = label === undefined ? [] : [{ start: range.start, end: range.end, label }];
  return [...others, ...added].sort((a, b) => a.start - b.start);
}
