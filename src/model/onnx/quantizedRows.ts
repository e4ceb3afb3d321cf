/**
 * The largest integer of a weight. It uses only seven of the eight bits, because x86 processors without VNNI
 * instructions add two products of 8-bit numbers in 16 bits, and 2 · 255 · 64 fits into these.
 */
const largest = 64;

interface QuantizedRows {
  readonly values: Int8Array;
  /** By row: the value of the integer 1. */
  readonly scales: Float32Array;
}

/** Rounds each row of `columns` floats to integers, symmetric about 0, scaled to the row's largest magnitude. */
export function quantizeRows(floats: Float32Array, columns: number): QuantizedRows {
  const values = new Int8Array(floats.length);
  const scales = new Float32Array(floats.length / columns);
  for (let row = 0; row < scales.length; row++) {
    const start = row * columns;
    let magnitude = 0;
    for (let i = start; i < start + columns; i++) {
      magnitude = Math.max(magnitude, Math.abs(floats[i] as number));
    }
    scales[row] = magnitude === 0 ? 1 : magnitude / largest;
    const scale = scales[row] as number;
    for (let i = start; i < start + columns; i++) values[i] = Math.round((floats[i] as number) / scale);
  }
  return { values, scales };
}

/** `[rows, columns]` to `[columns, rows]`. */
export function transposed(values: Int8Array, columns: number): Int8Array {
  const rows = values.length / columns;
  const result = new Int8Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      result[column * rows + row] = values[row * columns + column] as number;
    }
  }
  return result;
}
