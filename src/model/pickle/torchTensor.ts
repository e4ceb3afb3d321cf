import { quoted } from '../brokenModel.ts';
import { decodeFloats, elementBytes, elementCount } from '../floats.ts';
import { damaged } from '../weights/damaged.ts';
import type { WeightTensor } from '../weights/tensor.ts';
import type { PickledTensor, Storage } from './pickleValue.ts';

/** Reads the bytes of a storage from `start` to `end` into a new array; throws `UserError` if they are missing. */
export type StorageReader = (storage: Storage, start: number, end: number) => Uint8Array;

/** A tensor of a PyTorch file. Throws `UserError` if not all its elements are in its storage. */
export function torchTensor(
  name: string,
  { storage, offset, shape, strides }: PickledTensor,
  read: StorageReader,
  file: string,
): WeightTensor {
  const count = elementCount(shape);
  const last = shape.reduce((place, length, i) => place + (length - 1) * (strides[i] as number), offset);
  if (count > storage.length || (count > 0 && last >= storage.length)) {
    throw damaged(
      file,
      `Its tensor ${quoted(name)} needs ${Math.max(count, last + 1)} values, but the storage has ${storage.length}.`,
    );
  }
  const { dtype } = storage;
  const width = elementBytes[dtype] as number;
  return {
    dtype,
    shape,
    toFloat32() {
      const end = count === 0 ? offset : last + 1;
      const floats = decodeFloats(dtype, read(storage, offset * width, end * width));
      if (floats === undefined) {
        throw damaged(
          file,
          `Its tensor ${quoted(name)} has the unsupported type ${dtype}.`,
          'Save the model with floating-point weights.',
        );
      }
      return isDense(shape, strides) ? floats : gather(floats, shape, strides, count);
    },
  };
}

/** Whether the elements are contiguous and in row-major order. */
function isDense(shape: readonly number[], strides: readonly number[]): boolean {
  let step = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    const length = shape[i] as number;
    if (length !== 1 && strides[i] !== step) return false;
    step *= length;
  }
  return true;
}

/** The elements of any view, such as a transposed one, in row-major order. */
function gather(
  floats: Float32Array,
  shape: readonly number[],
  strides: readonly number[],
  count: number,
): Float32Array {
  const result = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    let place = 0;
    let rest = i;
    for (let side = shape.length - 1; side >= 0; side--) {
      const length = shape[side] as number;
      place += (rest % length) * (strides[side] as number);
      rest = Math.floor(rest / length);
    }
    result[i] = floats[place] as number;
  }
  return result;
}
