import type { Document } from '../../corpus/document.ts';
import { splitSentences } from '../../corpus/sentences.ts';
import { splitWords } from '../../corpus/words.ts';
import { seededRandom, shuffled } from '../../foundation/random.ts';

/** Headings and list numbers are about nothing. */
const fewestWords = 3;

/** Of each kind: so many are compared in seconds, and a drawing of more is a blot. */
const mostSentences = 1000;

/** The sentences of a document that say something. */
export function sentencesOf({ text, sentences }: Pick<Document, 'text' | 'sentences'>): string[] {
  return (sentences ?? splitSentences(text))
    .map(({ start, end }) => text.slice(start, end))
    .filter((sentence) => splitWords(sentence).length >= fewestWords);
}

/**
 * As many sentences of the one as of the other, drawn by a fixed seed, each once: of unequal numbers the more would
 * have the nearer neighbours.
 */
export function evenSamples(
  synthetic: readonly string[],
  own: readonly string[],
): { readonly synthetic: readonly string[]; readonly own: readonly string[] } {
  const once = [new Set(synthetic), new Set(own)].map((all) => shuffled(seededRandom(1), [...all]));
  const count = Math.min(mostSentences, ...once.map(({ length }) => length));
  const [first = [], second = []] = once.map((all) => all.slice(0, count));
  return { synthetic: first, own: second };
}
