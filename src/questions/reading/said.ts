import { parseInlineTags, type TaggedText } from '../../corpus/tagged/inlineTags.ts';
import { readTaggedItem } from '../../corpus/tagged/readTaggedItem.ts';
import type { ReplyItem } from '../../llm/reply/replyItems.ts';

/** What the reply makes of one of its texts. */
export interface Said {
  readonly item: ReplyItem;
  /** The text with its tags, read in several ways. */
  readonly readings: readonly TaggedText[];
  /** Why its tags make no sense, when they don't. */
  readonly problem?: { readonly reason: string; readonly detail: string };
}

/** Reads the tags of a reply's text in all ways in which it may be meant. */
export function readingsOf(item: ReplyItem, labels: readonly string[]): Said {
  const known = new Set(labels.map((label) => label.toLowerCase()));
  // Types that were not asked for are nobody's mentions; their words stay.
  const asked = item.text.replaceAll(/<\/?\s*(\p{L}[\p{L}\p{N}_-]*)[^<>]*>/gu, (tag: string, name: string) =>
    known.has(name.toLowerCase()) ? tag : '',
  );
  const said = strictReadingsOf(item, labels);
  const lenient = parseInlineTags(asked, labels);
  return lenient.ok ? { ...said, readings: [...said.readings, lenient] } : said;
}

/** The same where a tag that is not known is a fault. */
export function strictReadingsOf(item: ReplyItem, labels: readonly string[]): Said {
  const { names: _, fields: __, ...tagged } = item;
  const tidy = readTaggedItem(tagged, labels);
  const readings = [
    parseInlineTags(item.text, labels, 'keep as text'),
    // A text may hold character references of its own.
    parseInlineTags(item.text.replaceAll('&', '&amp;'), labels, 'keep as text'),
    tidy,
  ].filter((result) => result.ok);
  return {
    item,
    readings,
    ...(tidy.ok ? {} : { problem: { reason: tidy.problem, detail: tidy.detail } }),
  };
}

/** The words of a text, whatever its tags. */
export function withoutTags(text: string): string {
  return text.replaceAll(/<\/?\s*\p{L}[^<>]*>/gu, '');
}
