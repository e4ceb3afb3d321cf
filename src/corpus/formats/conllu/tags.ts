import type { TextRange } from '../../document.ts';
import { taggedRanges } from '../tokens/tagSpans.ts';
import type { WordLine } from './line.ts';

/** A word of the text, and the lines of the words inside it if it is a contraction. */
export interface SurfaceWord {
  readonly word: WordLine;
  readonly inner: WordLine[];
  readonly line: number;
}

/** Members of the last column that hold the tag of a named entity. */
const names = ['NE', 'NER', 'ne', 'ner', 'Ner', 'NamedEntity', 'BIO', 'Entity', 'entity'];

/** The name of the MISC attribute that holds the entity tags of these words; undefined if no attribute does. */
export function tagName(words: readonly SurfaceWord[]): string | undefined {
  const used = new Set<string>();
  for (const { word, inner } of words) {
    for (const { misc } of [word].concat(inner)) {
      for (const name of misc.keys()) used.add(name);
    }
  }
  return names.find((name) => used.has(name));
}

/** The tag of a word: its own, or the first one of the words inside it that is not O. */
function tagOf({ word, inner }: SurfaceWord, name: string): string {
  const tags = [word].concat(inner).map(({ misc }) => misc.get(name) ?? '');
  return tags.find((tag) => tag !== '' && tag !== 'O' && tag !== '_') ?? '';
}

/** The mentions of a sentence, as tags or as brackets. `order` names the parts inside a bracket. */
export function entityRanges(
  words: readonly SurfaceWord[],
  ranges: readonly TextRange[],
  name: string,
  order: readonly string[],
): readonly (TextRange & { readonly label: string })[] {
  const tags = words.map((word) => tagOf(word, name));
  return tags.some((tag) => /[()]/u.test(tag))
    ? bracketRanges(tags, ranges, order)
    : taggedRanges(ranges, tags);
}

/**
 * The mentions of brackets as CorefUD and GUM write them: `(e1-person-new` opens, `e1)` closes, `(e2-place)` is one word.
 * Brackets that are not closed in their sentence are left away.
 */
function bracketRanges(
  tags: readonly string[],
  ranges: readonly TextRange[],
  order: readonly string[],
): readonly (TextRange & { readonly label: string })[] {
  const [idAt, typeAt] = [order.indexOf('eid'), order.indexOf('etype')];
  const open = new Map<string, { readonly start: number; readonly label: string }[]>();
  const found: (TextRange & { readonly label: string })[] = [];
  for (const [index, tag] of tags.entries()) {
    const { start = 0, end = 0 } = ranges[index] ?? {};
    for (const [bracket, opening, closing] of tag.matchAll(/\(([^()]+)\)?|([^()]+)\)/gu)) {
      const parts = (opening ?? '').split('-');
      const id = closing ?? parts[Math.max(0, idAt)] ?? '';
      const stack = open.get(id) ?? [];
      open.set(id, stack);
      if (opening !== undefined) stack.push({ start, label: parts[typeAt === -1 ? 1 : typeAt] || 'Entity' });
      const first = bracket.endsWith(')') ? stack.pop() : undefined;
      if (first !== undefined) found.push({ ...first, end });
    }
  }
  return found.toSorted((a, b) => a.start - b.start || b.end - a.end);
}
