import type { LabelScheme } from './labelScheme.ts';

/** Keeps the logarithm finite, so that an allowed sequence always beats one that is not. */
const smallest = 1e-30;

/**
 * The most probable sequence of label ids that the scheme allows (Viterbi's algorithm; all allowed
 * transitions weigh the same). `probabilities` is `[words, labels]`, row-major.
 */
export function bestLabels(probabilities: Float32Array, scheme: LabelScheme): number[] {
  const size = scheme.tags.length;
  const words = probabilities.length / size;
  const best = new Float64Array(probabilities.length).fill(-Infinity);
  const from = new Int32Array(probabilities.length).fill(-1);
  for (let word = 0; word < words; word++) {
    const here = word * size;
    for (let label = 0; label < size; label++) {
      const own = Math.log(Math.max(smallest, probabilities[here + label] as number));
      if (word === 0) {
        if (scheme.mayBegin[label] === true) best[label] = own;
        continue;
      }
      for (const previous of scheme.predecessors[label] as readonly number[]) {
        const score = (best[here - size + previous] as number) + own;
        if (score > (best[here + label] as number)) {
          best[here + label] = score;
          from[here + label] = previous;
        }
      }
    }
  }
  return words === 0 ? [] : trace(best.subarray((words - 1) * size), from, scheme);
}

/** Goes back from the best label that the last word may have. */
function trace(last: Float64Array, from: Int32Array, scheme: LabelScheme): number[] {
  let label = 0;
  let score = -Infinity;
  for (const [id, value] of last.entries()) {
    if (scheme.mayEnd[id] === true && value > score) {
      label = id;
      score = value;
    }
  }
  const labels: number[] = [];
  for (let here = from.length - last.length; here >= 0; here -= last.length) {
    labels.push(label);
    label = from[here + label] as number;
  }
  return labels.reverse();
}
