import { overlap, type TextRange } from '../document.ts';
import { splitWords } from '../words.ts';
import type { Mention, TaggedText } from './inlineTags.ts';
import { isVerbUse } from './verbUse.ts';

/** How an occurrence of a name is labelled. */
type Use =
  | { readonly kind: 'labelled'; readonly label: string }
  /** Not at all. */
  | { readonly kind: 'bare' }
  /** Only a part of it, or a part of it with something beside it: the mention's words. */
  | { readonly kind: 'cut'; readonly mention: Mention };

/** An occurrence of a name that is labelled somewhere in the run. */
export interface NameUse {
  readonly key: string;
  readonly range: TextRange;
  readonly use: Use;
}

/** Capitals after the first letter distinguish names from other words: "ALL" is not "all", "SAMe" is not "same". */
const innerCapital = /.\p{Lu}/u;

/** The most words of a name that is looked for: longer names rarely occur twice. */
const mostWords = 8;

/** The names that are labelled, prepared for looking them up. */
export interface NameIndex {
  readonly keys: Set<string>;
  /** Words of the longest name that begins with a word, by that word in lower case. */
  readonly longest: Map<string, number>;
}

/** A name as it is compared: the case of the first letter and white space do not matter. */
function keyOf(text: string, words: readonly TextRange[]): string {
  const joined = words.map(({ start, end }) => text.slice(start, end)).join(' ');
  return innerCapital.test(joined) ? joined : joined.toLowerCase();
}

export function newNameIndex(): NameIndex {
  return { keys: new Set(), longest: new Map() };
}

/** The names that are labelled in any of the texts. */
export function labelledNames(texts: Iterable<TaggedText>): NameIndex {
  const index = newNameIndex();
  for (const text of texts) addLabelledNames(index, text);
  return index;
}

/** Adds the names that are labelled in a text. */
export function addLabelledNames({ keys, longest }: NameIndex, { text, mentions }: TaggedText): void {
  for (const mention of mentions) {
    const words = splitWords(text, mention);
    keys.add(keyOf(text, words));
    const first = firstWord(text, words[0]);
    longest.set(first, Math.min(mostWords, Math.max(longest.get(first) ?? 0, words.length)));
  }
}

function firstWord(text: string, word: TextRange | undefined): string {
  return word === undefined ? '' : text.slice(word.start, word.end).toLowerCase();
}

/**
 * Where names occur in a text, as whole words. The longest name that begins at a word counts. Names inside a longer mention
 * are left out, and so are words that are only used as a verb ("may lead to").
 */
export function nameUses({ text, mentions }: TaggedText, names: NameIndex): readonly NameUse[] {
  const words = splitWords(text);
  const uses: NameUse[] = [];
  for (let at = 0; at < words.length;) {
    const found = longestName(text, words, at, names);
    if (found === undefined) {
      at++;
      continue;
    }
    const { range, key } = found;
    const over = mentions.filter((mention) => overlap(mention, range));
    const around = over.find(({ start, end }) => start <= range.start && range.end <= end);
    const isSame = around?.start === range.start && around.end === range.end;
    const [first] = over;
    const isOtherWord = first === undefined && isVerbUse(text, range);
    if (!isOtherWord && (around === undefined || isSame)) {
      uses.push({
        key,
        range,
        use:
          around !== undefined
            ? { kind: 'labelled', label: around.label }
            : first === undefined
              ? { kind: 'bare' }
              : { kind: 'cut', mention: first },
      });
    }
    at += found.words;
  }
  return uses;
}

function longestName(
  text: string,
  words: readonly TextRange[],
  at: number,
  { keys, longest }: NameIndex,
): { readonly range: TextRange; readonly key: string; readonly words: number } | undefined {
  const first = words[at];
  if (first === undefined) return undefined;
  const most = longest.get(firstWord(text, first)) ?? 0;
  for (let count = Math.min(most, words.length - at); count > 0; count--) {
    const part = words.slice(at, at + count);
    const key = keyOf(text, part);
    const end = part.at(-1)?.end ?? first.end;
    if (keys.has(key)) return { range: { start: first.start, end }, key, words: count };
  }
  return undefined;
}
