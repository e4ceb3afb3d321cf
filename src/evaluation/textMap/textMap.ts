import type { Document } from '../../corpus/document.ts';
import { splitSentences } from '../../corpus/sentences.ts';
import { splitWords } from '../../corpus/words.ts';
import { seededRandom, shuffled } from '../../foundation/random.ts';
import { principalPlane } from './principalPlane.ts';

/** Synthetic sentences and the user's own, set side by side. */
export interface TextMap {
  /** `[sentences, 2]`, row-major, in the order in which they were given. */
  readonly synthetic: Float64Array;
  readonly own: Float64Array;
  /** The part of the whole spread that the plane has, in [0, 1]. */
  readonly share: number;
  readonly gap: TextGap;
  /** The own sentences that are farthest from every synthetic one, by their index, the farthest first. */
  readonly farthest: readonly { readonly index: number; readonly similarity: number }[];
}

/** How far the two kinds lie apart, in the encoder's own space, not in the plane. Similarities are cosines. */
interface TextGap {
  /** Mean similarity of an own sentence to the nearest synthetic one, and to the nearest other own one. */
  readonly ownToSynthetic: number;
  readonly ownToOwn: number;
  /** The same of a synthetic sentence. */
  readonly syntheticToOwn: number;
  readonly syntheticToSynthetic: number;
  /**
   * Share of all sentences whose nearest neighbour is of their own kind: the leave-one-out accuracy of a
   * nearest-neighbour test of two samples (Lopez-Paz and Oquab 2017, arXiv:1610.06545). About 0.5 when as many of
   * each kind cannot be told apart, 1 when they are apart altogether.
   */
  readonly toldApart: number;
}

/** So many are read; a longer list is not. */
const mostFarthest = 8;

/** From embeddings of length 1, `[sentences, width]`, of which the first `synthetic` are synthetic. */
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
  /** By sentence: similarity of the nearest one of its own kind and of the other. */
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
