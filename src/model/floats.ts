import { decodeBrainFloats, decodeHalfFloats } from './halfFloat.ts';

/** Bytes per element, by the type's name in the safetensors format. */
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

/**
 * Converts little-endian values to 32-bit floats; undefined if `dtype` is not a supported float type. The bytes must
 * begin where their buffer begins; 32-bit floats are not copied.
 */
export function decodeFloats(dtype: string, { buffer, byteLength }: Uint8Array): Float32Array | undefined {
  const width = elementBytes[dtype] as number;
  switch (dtype) {
    case 'F32':
      return new Float32Array(buffer, 0, byteLength / width);
    case 'F16':
      return decodeHalfFloats(new Uint16Array(buffer, 0, byteLength / width));
    case 'BF16':
      return decodeBrainFloats(new Uint16Array(buffer, 0, byteLength / width));
    case 'F64':
      return Float32Array.from(new Float64Array(buffer, 0, byteLength / width));
    default:
      return undefined;
  }
}

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
