import { gaussian, seededRandom } from '../../foundation/random.ts';

/** Rows projected onto the plane of their largest variance. */
export interface PrincipalPlane {
  /** `[rows, 2]`, row-major. */
  readonly places: Float64Array;
  /** The share of the total variance that lies in the plane, in [0, 1]. */
  readonly share: number;
}

/** The maximum number of iterations. Embeddings of texts need far fewer. */
const mostTurns = 300;
const tolerance = 1e-9;

/**
 * The first two principal components of `rows`, `[rows, width]` (Pearson 1901; Hotelling 1933), by power iteration with
 * deflation. Deterministic: the start is seeded, and the largest weight of each axis is positive.
 */
export function principalPlane(rows: Float32Array, width: number): PrincipalPlane {
  const count = rows.length / width;
  const centred = centre(rows, width);
  const total = centred.reduce((sum, value) => sum + value * value, 0);
  const axes: Float64Array[] = [];
  for (let component = 0; component < 2; component++) axes.push(strongestAxis(centred, width, axes));
  const places = new Float64Array(count * 2);
  let inPlane = 0;
  for (let row = 0; row < count; row++) {
    for (const [component, axis] of axes.entries()) {
      const place = product(centred, row * width, axis);
      places[row * 2 + component] = place;
      inPlane += place * place;
    }
  }
  return { places, share: total === 0 ? 0 : inPlane / total };
}

function centre(rows: Float32Array, width: number): Float64Array {
  const centred = Float64Array.from(rows);
  const count = rows.length / width;
  for (let column = 0; column < width; column++) {
    let mean = 0;
    for (let at = column; at < rows.length; at += width) mean += (rows[at] ?? 0) / count;
    for (let at = column; at < rows.length; at += width) centred[at] = (centred[at] ?? 0) - mean;
  }
  return centred;
}

/** The direction of the largest variance orthogonal to `others`. */
function strongestAxis(rows: Float64Array, width: number, others: readonly Float64Array[]): Float64Array {
  const random = seededRandom(1 + others.length);
  let axis = Float64Array.from({ length: width }, () => gaussian(random));
  straighten(axis, others);
  for (let turn = 0; turn < mostTurns; turn++) {
    const next = new Float64Array(width);
    for (let from = 0; from < rows.length; from += width) {
      const place = product(rows, from, axis);
      for (let i = 0; i < width; i++) next[i] = (next[i] ?? 0) + place * (rows[from + i] ?? 0);
    }
    // Equal rows have no variance, so any direction will do.
    if (!straighten(next, others)) break;
    const change = next.reduce((sum, value, i) => sum + (value - (axis[i] ?? 0)) ** 2, 0);
    axis = next;
    if (change < tolerance ** 2) break;
  }
  const largest = axis.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  return largest < 0 ? axis.map((value) => -value) : axis;
}

/** Removes the components along `others` and scales the rest to length 1. Returns false if nothing is left. */
function straighten(axis: Float64Array, others: readonly Float64Array[]): boolean {
  for (const other of others) {
    const part = product(axis, 0, other);
    for (let i = 0; i < axis.length; i++) axis[i] = (axis[i] ?? 0) - part * (other[i] ?? 0);
  }
  const length = Math.sqrt(product(axis, 0, axis));
  if (length < 1e-12) return false;
  for (let i = 0; i < axis.length; i++) axis[i] = (axis[i] ?? 0) / length;
  return true;
}

function product(rows: Float64Array, from: number, axis: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < axis.length; i++) sum += (rows[from + i] ?? 0) * (axis[i] ?? 0);
  return sum;
}
