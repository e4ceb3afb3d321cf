import type { TokenMention } from '../corpus/bio/mentions.ts';
import { overlap, type TextRange } from '../corpus/document.ts';
import { shortFormDefinitions } from '../corpus/shortForms.ts';

/** `score` is a probability. */
export interface ScoredMention extends TokenMention {
  readonly score: number;
}

export interface SentenceMentions {
  readonly words: readonly string[];
  /** In text order, without overlap. */
  readonly mentions: readonly ScoredMention[];
}

/** The meaning of a short form from a sentence on; `mention` is undefined if it is not a mention. */
interface Meaning {
  readonly sentence: number;
  readonly mention: ScoredMention | undefined;
}

/**
 * Makes the short forms in a text agree with their definitions: if "Huntington disease (HD)" is a mention, so is every
 * other HD, with the score of the long form; if the long form is not a mention, HD alone is not one either. The last
 * definition before an occurrence applies, otherwise the first one after it. Case-sensitive.
 */
export function agreeWithDefinitions(sentences: readonly SentenceMentions[]): readonly SentenceMentions[] {
  const meanings = findMeanings(sentences);
  if (meanings.size === 0) return sentences;
  const longest = Math.max(...[...meanings.keys()].map((key) => key.split(' ').length));
  return sentences.map(({ words, mentions }, sentence) => {
    let agreeing = mentions;
    let place = 0;
    while (place < words.length) {
      const end = shortFormEnd(words, place, longest, meanings);
      if (end !== undefined) {
        const range = { start: place, end };
        agreeing = agree(agreeing, range, meaningAt(meanings.get(keyOf(words, range)) ?? [], sentence));
      }
      place = end ?? place + 1;
    }
    return { words, mentions: agreeing };
  });
}

/** By short form, in text order. */
function findMeanings(sentences: readonly SentenceMentions[]): ReadonlyMap<string, readonly Meaning[]> {
  const meanings = new Map<string, Meaning[]>();
  for (const [sentence, { words, mentions }] of sentences.entries()) {
    for (const { long, short } of shortFormDefinitions(words)) {
      const key = keyOf(words, short);
      const mention =
        mentions.find(({ end }) => end === long.end) ??
        mentions.find(({ start, end }) => start <= long.start && end >= short.end);
      const known = meanings.get(key) ?? [];
      known.push({ sentence, mention });
      meanings.set(key, known);
    }
  }
  return meanings;
}

function meaningAt(meanings: readonly Meaning[], at: number): ScoredMention | undefined {
  return (meanings.findLast(({ sentence }) => sentence <= at) ?? meanings[0])?.mention;
}

/** The end of the longest short form that begins at a word. */
function shortFormEnd(
  words: readonly string[],
  start: number,
  longest: number,
  meanings: ReadonlyMap<string, unknown>,
): number | undefined {
  for (let end = Math.min(words.length, start + longest); end > start; end--) {
    if (meanings.has(keyOf(words, { start, end }))) return end;
  }
  return undefined;
}

/** Applies a definition to one occurrence. A mention that is longer than the short form, or crosses it, stays. */
function agree(
  mentions: readonly ScoredMention[],
  range: TextRange,
  meaning: ScoredMention | undefined,
): readonly ScoredMention[] {
  const touched = mentions.filter((mention) => overlap(mention, range));
  const isInside = touched.every(({ start, end }) => start >= range.start && end <= range.end);
  const isSame = touched.some(({ start, end }) => start === range.start && end === range.end);
  if (!isInside) return mentions;
  const others = mentions.filter((mention) => !touched.includes(mention));
  if (meaning === undefined) return isSame ? others : mentions;
  if (isSame && touched[0]?.label === meaning.label) return mentions;
  const { label, score } = meaning;
  return [...others, { ...range, label, score }].sort((a, b) => a.start - b.start);
}

function keyOf(words: readonly string[], { start, end }: TextRange): string {
  return words.slice(start, end).join(' ');
}
