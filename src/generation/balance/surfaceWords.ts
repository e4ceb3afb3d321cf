import { type Document, overlap } from '../../corpus/document.ts';
import { splitWords } from '../../corpus/words.ts';
import type { Surface } from './balance.ts';

/** What the words of a relation sentence show, without understanding it. */
interface Sentence {
  readonly isRelated: boolean;
  /** Distinct words in lower case, without the pair. */
  readonly words: readonly string[];
  /** The labels of the pair in text order. */
  readonly order: string;
  /** Words between the pair, in a few steps. */
  readonly distance: string;
}

/** A classifier of fewer sentences of a class says nothing. */
const leastOfClass = 20;
/** More sentences change nothing, but cost memory. */
const mostSentences = 20_000;
const folds = 5;
const listedWords = 6;
/** Words whose shares differ by less tell nothing. */
const leastDifference = 0.1;

/** The sentence of a document with a pair; undefined for another document. */
function sentenceOf({ text, spans, relations }: Document): Sentence | undefined {
  const [first, second, ...more] = spans.toSorted((a, b) => a.start - b.start);
  if (first === undefined || second === undefined || more.length > 0) return undefined;
  const words = splitWords(text);
  const outside = words.filter((word) => !overlap(word, first) && !overlap(word, second));
  const between = words.filter(({ start, end }) => start >= first.end && end <= second.start).length;
  return {
    isRelated: relations.length > 0,
    words: [...new Set(outside.map(({ start, end }) => text.slice(start, end).toLowerCase()))],
    order: `${first.label} ${second.label}`,
    distance: between < 3 ? 'near' : between < 7 ? 'middle' : between < 15 ? 'far' : 'very far',
  };
}

/** Collects the sentences of one relation. */
export function surfaceCounter(): {
  readonly add: (document: Document) => void;
  readonly result: () => Surface | undefined;
} {
  const sentences: Sentence[] = [];
  return {
    add: (document) => {
      const sentence = sentences.length < mostSentences ? sentenceOf(document) : undefined;
      if (sentence !== undefined) sentences.push(sentence);
    },
    result: () => surfaceOf(sentences),
  };
}

/**
 * How well related sentences can be told from unrelated ones by surface features alone: by their words (a naive Bayes
 * classifier over the presence of words, cross-validated in five parts), by the order of the pair and by its distance (the
 * larger class of each value). A model trained on classes that can be told apart like this learns the words, not the relation.
 * Undefined if there are too few sentences of a class.
 */
function surfaceOf(sentences: readonly Sentence[]): Surface | undefined {
  const related = sentences.filter(({ isRelated }) => isRelated).length;
  const unrelated = sentences.length - related;
  if (Math.min(related, unrelated) < leastOfClass) return undefined;
  return {
    sentences: sentences.length,
    larger: Math.max(related, unrelated) / sentences.length,
    words: guessedByWords(sentences),
    order: guessedBy(sentences, ({ order }) => order),
    distance: guessedBy(sentences, ({ distance }) => distance),
    telling: tellingWords(sentences, { related, unrelated }),
  };
}

interface WordCounts {
  related: number;
  unrelated: number;
}

function countWords(sentences: readonly Sentence[]): ReadonlyMap<string, WordCounts> {
  const counts = new Map<string, WordCounts>();
  for (const { words, isRelated } of sentences) {
    for (const word of words) {
      const own = counts.get(word) ?? { related: 0, unrelated: 0 };
      counts.set(word, own);
      own[isRelated ? 'related' : 'unrelated']++;
    }
  }
  return counts;
}

/** The share of sentences whose class is guessed by a classifier that was fitted to the other parts. */
function guessedByWords(sentences: readonly Sentence[]): number {
  let right = 0;
  for (let fold = 0; fold < folds; fold++) {
    const fitted = sentences.filter((_, index) => index % folds !== fold);
    const related = fitted.filter(({ isRelated }) => isRelated).length;
    const unrelated = fitted.length - related;
    const counts = countWords(fitted);
    for (const [index, sentence] of sentences.entries()) {
      if (index % folds !== fold) continue;
      let evidence = Math.log(related + 1) - Math.log(unrelated + 1);
      for (const word of sentence.words) {
        const count = counts.get(word);
        if (count === undefined) continue;
        // Laplace smoothing: each word counts once more in each class.
        evidence +=
          Math.log((count.related + 1) / (related + 2)) - Math.log((count.unrelated + 1) / (unrelated + 2));
      }
      if (evidence > 0 === sentence.isRelated) right++;
    }
  }
  return right / sentences.length;
}

/** The share that is right if each value of a feature stands for its larger class. */
function guessedBy(sentences: readonly Sentence[], feature: (sentence: Sentence) => string): number {
  const values = [...Map.groupBy(sentences, feature).values()];
  const right = values.reduce((sum, group) => {
    const related = group.filter(({ isRelated }) => isRelated).length;
    return sum + Math.max(related, group.length - related);
  }, 0);
  return right / sentences.length;
}

/** The words whose share of the sentences differs most between the classes. */
function tellingWords(sentences: readonly Sentence[], { related, unrelated }: WordCounts): readonly string[] {
  const difference = (count: WordCounts): number =>
    Math.abs(count.related / related - count.unrelated / unrelated);
  return [...countWords(sentences)]
    .filter(([word, count]) => /\p{L}{2}/u.test(word) && difference(count) >= leastDifference)
    .toSorted(([a, one], [b, other]) => difference(other) - difference(one) || (a < b ? -1 : 1))
    .slice(0, listedWords)
    .map(([word]) => word);
}
