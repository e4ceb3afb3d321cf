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
