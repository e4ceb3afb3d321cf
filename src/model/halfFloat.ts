const bits = new Uint32Array(1);
const float = new Float32Array(bits.buffer);
let decoded: Float32Array | undefined;

/**
 * Converts IEEE 754 binary16 values to 32-bit floats. Uses a table of all 65,536 values, because `Float16Array` is
 * missing from the oldest supported Node.
 */
export function decodeHalfFloats(halves: Uint16Array): Float32Array {
  decoded ??= Float32Array.from({ length: 65_536 }, (_, half) => decodeHalf(half));
  const table = decoded;
  const floats = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) floats[i] = table[halves[i] as number] as number;
  return floats;
}

/** Converts 32-bit floats to IEEE 754 binary16, rounded to nearest, ties to even; too large values become infinite. */
export function encodeHalfFloats(floats: Float32Array): Uint16Array {
  const halves = new Uint16Array(floats.length);
  for (let i = 0; i < floats.length; i++) halves[i] = encodeHalf(floats[i] as number);
  return halves;
}

/** Converts bfloat16 values (the upper halves of 32-bit floats) to 32-bit floats. */
export function decodeBrainFloats(halves: Uint16Array): Float32Array {
  const words = new Uint32Array(halves.length);
  for (let i = 0; i < halves.length; i++) words[i] = (halves[i] as number) << 16;
  return new Float32Array(words.buffer);
}

function decodeHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function encodeHalf(value: number): number {
  float[0] = value;
  const word = bits[0] as number;
  const sign = (word >>> 16) & 0x8000;
  const magnitude = word & 0x7fff_ffff;
  if (magnitude > 0x7f80_0000) return sign | 0x7e00;
  // Half of the step above the largest finite value, 65,504, rounds to infinity.
  if (magnitude >= 0x477f_f000) return sign | 0x7c00;
  if (magnitude < 0x3880_0000) return sign | roundHalfToEven(Math.abs(value) * 2 ** 24);
  const rebased = magnitude - 0x3800_0000;
  return sign | ((rebased + 0xfff + ((rebased >>> 13) & 1)) >>> 13);
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest > 0.5 || (rest === 0.5 && floor % 2 === 1)) return floor + 1;
  return floor;
}
