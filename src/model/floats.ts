import { decodeBrainFloats, decodeHalfFloats } from './halfFloat.ts';

/** Bytes an element takes, by the name that the safetensors format gives its type. */
export const elementBytes: Readonly<Record<string, number>> = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E5M2: 1,
  F8_E4M3: 1,
  I16: 2,
  U16: 2,
  F16: 2,
  BF16: 2,
  I32: 4,
  U32: 4,
  F32: 4,
  F64: 8,
  I64: 8,
  U64: 8,
};

/** Little-endian values as 32-bit floats, in a new array; nothing when the type is no float of a weight. */
export function decodeFloats(dtype: string, bytes: Uint8Array): Float32Array | undefined {
  // A copy, because the values need not lie at a multiple of their size.
  const { buffer } = Uint8Array.from(bytes);
  switch (dtype) {
    case 'F32':
      return new Float32Array(buffer);
    case 'F16':
      return decodeHalfFloats(new Uint16Array(buffer));
    case 'BF16':
      return decodeBrainFloats(new Uint16Array(buffer));
    case 'F64':
      return Float32Array.from(new Float64Array(buffer));
    default:
      return undefined;
  }
}

/** How many values a tensor of this shape has. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
