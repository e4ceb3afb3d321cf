import type { TextRange } from '../../corpus/document.ts';
import type { Mention, TaggedText } from '../../corpus/inlineTags.ts';
import { splitWords } from '../../corpus/words.ts';

/** How a place where a name stands is labelled. */
type Use =
  | { readonly kind: 'labelled'; readonly label: string }
  /** Not at all. */
  | { readonly kind: 'bare' }
  /** Only a part of it, or a part of it with something beside it: the mention's words. */
  | { readonly kind: 'cut'; readonly mention: Mention };

/** A place in a text where a name stands that is labelled somewhere in the run. */
export interface NameUse {
  readonly key: string;
  readonly range: TextRange;
  readonly use: Use;
}

/** Capitals after a first one tell names from other words: "ALL" is no "all", "SAMe" no "same". */
const innerCapital = /.\p{Lu}/u;

/** Of a name that is looked for: longer ones hardly come again. */
const mostWords = 8;

/** The words of a name, without regard to a first capital and to blanks. */
function nameKey(surface: string): string {
  return keyOf(surface, splitWords(surface));
}

function keyOf(text: string, words: readonly TextRange[]): string {
  const joined = words.map(({ start, end }) => text.slice(start, end)).join(' ');
  return innerCapital.test(joined) ? joined : joined.toLowerCase();
}

/** The names that are labelled in any of the texts. */
export function labelledNames(texts: Iterable<TaggedText>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { text, mentions } of texts) {
    for (const { start, end } of mentions) names.add(nameKey(text.slice(start, end)));
  }
  return names;
}

/**
 * Where the names stand in a text, as whole words; the longest name that begins at a word counts. What stands
 * inside a mention that is labelled as a whole is not looked at.
 */
export function nameUses({ text, mentions }: TaggedText, names: ReadonlySet<string>): readonly NameUse[] {
  const words = splitWords(text);
  const uses: NameUse[] = [];
  for (let at = 0; at < words.length;) {
    const found = longestName(text, words, at, names);
    if (found === undefined) {
      at++;
      continue;
    }
    const { range, key } = found;
    const over = mentions.filter(({ start, end }) => start < range.end && range.start < end);
    const around = over.find(({ start, end }) => start <= range.start && range.end <= end);
    const isSame = around?.start === range.start && around.end === range.end;
    if (around === undefined || isSame) {
      const [first] = over;
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
  names: ReadonlySet<string>,
): { readonly range: TextRange; readonly key: string; readonly words: number } | undefined {
  const first = words[at];
  if (first === undefined) return undefined;
  for (let count = Math.min(mostWords, words.length - at); count > 0; count--) {
    const part = words.slice(at, at + count);
    const key = keyOf(text, part);
    const end = part.at(-1)?.end ?? first.end;
    if (names.has(key)) return { range: { start: first.start, end }, key, words: count };
  }
  return undefined;
}
