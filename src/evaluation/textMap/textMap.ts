import type { Document } from '../../corpus/document.ts';
import { splitSentences } from '../../corpus/sentences.ts';
import { splitWords } from '../../corpus/words.ts';
import { seededRandom, shuffled } from '../../foundation/random.ts';
import { principalPlane } from './principalPlane.ts';

/** Synthetic sentences compared with the user's own. */
export interface TextMap {
  /** `[sentences, 2]`, row-major, in the order of the input. */
  readonly synthetic: Float64Array;
  readonly own: Float64Array;
  /** The share of the total variance that lies in the plane, in [0, 1]. */
  readonly share: number;
  readonly gap: TextGap;
  /** The user's sentences (by index) that are farthest from every synthetic sentence, farthest first. */
  readonly farthest: readonly { readonly index: number; readonly similarity: number }[];
}

/** How far apart the two kinds are, in the space of the encoder, not in the plane. Similarities are cosines. */
interface TextGap {
  /** Mean similarity of the user's sentences to the nearest synthetic sentence, and to the nearest other of their own. */
  readonly ownToSynthetic: number;
  readonly ownToOwn: number;
  /** The same for synthetic sentences. */
  readonly syntheticToOwn: number;
  readonly syntheticToSynthetic: number;
  /**
   * The share of sentences whose nearest neighbour is of the same kind: the leave-one-out accuracy of a nearest-neighbour
   * two-sample test (Lopez-Paz and Oquab 2017, arXiv:1610.06545). About 0.5 if the kinds cannot be told apart, 1 if they
   * are completely separate.
   */
  readonly toldApart: number;
}

/** People do not read a longer list. */
const mostFarthest = 8;

/** Takes embeddings of length 1, `[sentences, width]`. The first `synthetic` sentences are synthetic. */
export function mapTexts(embeddings: Float32Array, width: number, synthetic: number): TextMap {
  const { places, share } = principalPlane(embeddings, width);
  return {
    synthetic: places.slice(0, synthetic * 2),
    own: places.slice(synthetic * 2),
    share,
    ...compare(embeddings, width, synthetic),
  };
}

function compare(
  embeddings: Float32Array,
  width: number,
  synthetic: number,
): Pick<TextMap, 'gap' | 'farthest'> {
  const count = embeddings.length / width;
  /** For each sentence, the similarity of the nearest sentence of the same and of the other kind. */
  const same = new Float64Array(count).fill(-1);
  const other = new Float64Array(count).fill(-1);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < a; b++) {
      let similarity = 0;
      for (let i = 0; i < width; i++) {
        similarity += (embeddings[a * width + i] ?? 0) * (embeddings[b * width + i] ?? 0);
      }
      const nearest = a < synthetic === b < synthetic ? same : other;
      if (similarity > (nearest[a] ?? 0)) nearest[a] = similarity;
      if (similarity > (nearest[b] ?? 0)) nearest[b] = similarity;
    }
  }
  const gap: TextGap = {
    ownToSynthetic: mean(other.subarray(synthetic)),
    ownToOwn: mean(same.subarray(synthetic)),
    syntheticToOwn: mean(other.subarray(0, synthetic)),
    syntheticToSynthetic: mean(same.subarray(0, synthetic)),
    toldApart: mean(same.map((similarity, i) => (similarity > (other[i] ?? 0) ? 1 : 0))),
  };
  const farthest = [...other.subarray(synthetic)]
    .map((similarity, index) => ({ index, similarity }))
    .sort((a, b) => a.similarity - b.similarity)
    .slice(0, mostFarthest);
  return { gap, farthest };
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** Shorter ones are headings and list numbers. */
const fewestWords = 3;

/** The maximum number of each kind: comparing them takes seconds, and a drawing of more would be unreadable. */
const mostSentences = 1000;

/** The sentences of a document, without headings and list numbers. */
export function sentencesOf({ text, sentences }: Pick<Document, 'text' | 'sentences'>): string[] {
  return (sentences ?? splitSentences(text))
    .map(({ start, end }) => text.slice(start, end))
    .filter((sentence) => splitWords(sentence).length >= fewestWords);
}

/**
 * Equally many different sentences of both kinds, drawn with a fixed seed. With unequal numbers, the larger kind would
 * have nearer neighbours.
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
