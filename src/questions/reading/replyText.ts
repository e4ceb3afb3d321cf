import { parseInlineTags, type TaggedText } from '../../corpus/tagged/inlineTags.ts';
import { readTaggedItem } from '../../corpus/tagged/readTaggedItem.ts';
import { undressed } from '../../llm/reply/undressed.ts';
import type { ReplyItem } from '../../llm/reply/replyItems.ts';

export interface ReplyText {
  readonly item: ReplyItem;
  /** The text with its tags, read in several ways. */
  readonly readings: readonly TaggedText[];
  /** What is wrong with its tags, if anything. */
  readonly problem?: { readonly reason: string; readonly detail: string };
}

/** Reads the tags of a text in every possible way. */
export function readReplyText(item: ReplyItem, labels: readonly string[]): ReplyText {
  const known = new Set(labels.map((label) => label.toLowerCase()));
  if (item.problem !== undefined) return readReplyTextStrictly(item, labels);
  // Tags of other types are dropped; their words stay.
  const ownTags = item.text.replaceAll(
    /<\/?\s*(\p{L}[\p{L}\p{N}_-]*)(?![\p{L}\p{N}_-])[^<>]*>/gu,
    (tag: string, name: string) => (known.has(name.toLowerCase()) ? tag : ''),
  );
  const strict = readReplyTextStrictly(item, labels);
  const lenient = parseInlineTags(ownTags, labels);
  return lenient.ok ? { ...strict, readings: [...strict.readings, lenient] } : strict;
}

/** The same, but an unknown tag is an error. */
export function readReplyTextStrictly(item: ReplyItem, labels: readonly string[]): ReplyText {
  const { names: _, fields: __, ...tagged } = item;
  const tidy = readTaggedItem(tagged, labels);
  const bare = undressed(item.text);
  const readings = [
    parseInlineTags(item.text, labels, 'keep as text'),
    // The text itself may contain character references.
    parseInlineTags(item.text.replaceAll('&', '&amp;'), labels, 'keep as text'),
    tidy,
    // The given text may have such words itself, so the text without them comes last.
    ...(bare === item.text ? [] : [readTaggedItem({ ...tagged, text: bare }, labels)]),
  ].filter((result) => result.ok);
  return {
    item,
    readings,
    ...(tidy.ok ? {} : { problem: { reason: tidy.problem, detail: tidy.detail } }),
  };
}

export function withoutTags(text: string): string {
  return text.replaceAll(/<\/?\s*\p{L}[^<>]*>/gu, '');
}
