import type { RequestSpec } from '../plan/requestSpec.ts';
import { hasUnspaced, wordCount } from '../../corpus/unspaced.ts';
import { readTaggedItem, type ReadResult } from '../../corpus/tagged/readTaggedItem.ts';
import type { ReplyItem } from '../../llm/reply/replyItems.ts';
import { hasToken } from '../../llm/reply/answer/turns.ts';
import { undressed } from '../../llm/reply/undressed.ts';
import { settleMentions } from '../../corpus/tagged/settleMentions.ts';

/** A text of a reply, and the result of reading its tags or lists. */
export interface ReadText {
  readonly item: ReplyItem;
  readonly read: ReadResult;
}

/** The texts of a reply, and what only all of them together show. */
export interface ReadReply {
  readonly spec: RequestSpec;
  readonly labels: readonly string[];
  readonly texts: readonly ReadText[];
  /** It has no tags although it should, so its mentions are not known. */
  readonly tagsNothing: boolean;
  /**
   * Names with several words that are tagged in any of its texts. A single word might be part of another name ("tumor
   * necrosis factor") or another word ("hearing aids").
   */
  readonly names: readonly TaggedName[];
}

export interface TaggedName {
  readonly surface: string;
  readonly label: string;
}

function isOfSeveralWords(name: string): boolean {
  return /\s/.test(name) || (hasUnspaced(name) && wordCount(name) > 2);
}

/**
 * A model that has tagged before may leave a few requested mentions out, but if this many are missing it forgot to tag.
 */
const mentionsForgotten = 6;

/** The names of the tags that a request asks for. */
export function labelsOf(spec: RequestSpec): readonly string[] {
  return spec.task === 'ner' ? spec.labels : [spec.relation.head, spec.relation.tail];
}

/** `hasTagged`: an earlier reply in the run had a text with a mention. */
export function readReply(items: readonly ReplyItem[], spec: RequestSpec, hasTagged = false): ReadReply {
  const labels = labelsOf(spec);
  const texts = items.map((item) => ({ item, read: readText(item, spec) }));
  const names = new Map<string, TaggedName>();
  let hasTags = false;
  for (const { read } of texts) {
    // Tags that cannot be read also count as tags.
    hasTags ||= !read.ok || read.mentions.length > 0;
    if (!read.ok) continue;
    for (const { start, end, label } of read.mentions) {
      const surface = read.text.slice(start, end);
      if (isOfSeveralWords(surface)) names.set(surface, { surface, label });
    }
  }
  const untagged = spec.task === 'ner' ? spec.entityFree : 0;
  const isTaggingWanted = spec.texts - untagged >= (hasTagged ? mentionsForgotten : 1);
  return {
    spec,
    labels,
    texts,
    tagsNothing: !hasTags && isTaggingWanted && texts.length > untagged,
    names: [...names.values()],
  };
}

// Control characters other than tabs and line ends, lone surrogates, and the replacement character.
const damage = /[[\p{Cc}\p{Cs}\uFFFD]--[\t\n\r]]/v;

function readText(item: ReplyItem, spec: RequestSpec): ReadResult {
  const labels = labelsOf(spec);
  const read = readTaggedItem({ ...item, text: undressed(item.text, spec.style.name) }, labels);
  if (read.ok && hasToken(read.text, labels)) {
    return { ok: false, problem: 'malformed', detail: 'it holds control tokens of the model' };
  }
  if (read.ok && damage.test(read.text)) {
    return { ok: false, problem: 'malformed', detail: 'it holds control characters or parts of characters' };
  }
  return settleMentions(read);
}
