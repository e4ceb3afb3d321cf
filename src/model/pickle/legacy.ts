import { elementBytes } from '../floats.ts';
import type { FileBytes } from '../weights/fileBytes.ts';
import type { StorageReader } from './torchTensor.ts';
import { unpickle, type Unpickled } from './unpickle.ts';
import type { PickleValue, Refusal, Storage } from './pickleValue.ts';

/** The beginning of files of PyTorch before 1.6 (torch/serialization.py, MAGIC_NUMBER). */
const magicNumber = 0x1950a86a20f9469cfc6cn;
const protocolVersion = 1001;

/** Far more than the pickle of any model, because the values of tensors are outside the pickle. */
export const mostPickleBytes = 2 ** 26;

/**
 * Reads the older format of `torch.save`: pickles of the magic number, the protocol version, system information, the
 * value, and the keys of the storages; then each storage as its length (8 bytes) and its elements.
 */
export function readLegacy(
  file: FileBytes,
  refusal: Refusal,
): { readonly value: PickleValue; readonly read: StorageReader } {
  const bytes = file.read(0, Math.min(file.size, mostPickleBytes));
  let position = 0;
  const next = (): Unpickled => {
    const part = unpickle(bytes, position, refusal);
    position = part.end;
    return part;
  };
  // Without the first comparison, the error for a file that is not a pickle would be about an opcode.
  if (bytes[0] !== 0x80 || next().value !== magicNumber) throw refusal.damaged('It is not a PyTorch file.');
  if (next().value !== protocolVersion)
    throw refusal.damaged('It was written by an unknown version of PyTorch.');
  const { value: machine } = next();
  if (machine instanceof Map && machine.get('little_endian') === false) {
    throw refusal.damaged('Its numbers are big-endian.');
  }
  const { value, storages } = next();
  const { value: keys } = next();
  const places = storagePlaces(file, position, keys, storages, refusal);
  return {
    value,
    read({ key }, start, end) {
      const place = places.get(key);
      if (place === undefined) throw refusal.damaged(`Its storage ${key} is missing.`);
      return file.read(place + start, place + end);
    },
  };
}

/** Where the bytes of each storage begin; the storages follow one another in the order of `keys`. */
function storagePlaces(
  file: FileBytes,
  start: number,
  keys: PickleValue,
  storages: ReadonlyMap<string, Storage>,
  refusal: Refusal,
): ReadonlyMap<string, number> {
  if (!Array.isArray(keys)) throw refusal.damaged('It has no list of storages.');
  const places = new Map<string, number>();
  let position = start;
  for (const key of keys) {
    const storage = typeof key === 'string' ? storages.get(key) : undefined;
    if (storage === undefined) throw refusal.damaged('It lists a storage that nothing refers to.');
    if (position + 8 > file.size) throw refusal.damaged(`It is cut off after ${file.size} bytes.`);
    const length = Number(new DataView(file.read(position, position + 8).buffer).getBigUint64(0, true));
    if (length !== storage.length) {
      throw refusal.damaged(`Its storage ${storage.key} has ${length} values instead of ${storage.length}.`);
    }
    const end = position + 8 + length * (elementBytes[storage.dtype] as number);
    if (end > file.size) {
      throw refusal.damaged(`It is cut off: a storage ends at byte ${end}, but there are only ${file.size}.`);
    }
    places.set(storage.key, position + 8);
    position = end;
  }
  return places;
}
