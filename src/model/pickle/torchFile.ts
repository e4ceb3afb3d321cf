import type { UserError } from '../../foundation/userError.ts';
import { brokenModel, quoted } from '../brokenModel.ts';
import { elementBytes } from '../floats.ts';
import { damaged, missingTensor } from '../weights/damaged.ts';
import type { WeightFile } from '../weights/tensor.ts';
import { fileBytes, type FileBytes } from '../weights/fileBytes.ts';
import { mostPickleBytes, readLegacy } from './legacy.ts';
import { type StorageReader, torchTensor } from './torchTensor.ts';
import { unpickle } from './unpickle.ts';
import { isKind, type PickleValue, type Refusal, type Storage } from './pickleValue.ts';
import { isZip, readZip, type ZipEntry } from './zip.ts';

/**
 * Reads a dictionary of tensors written by `torch.save`: a zip file of a pickle and storages (PyTorch 1.6 and later),
 * or the older format, pickles followed by storages. A pickle is read as data: only the opcodes and names that tensors
 * need are accepted, and nothing is run. Values are read on demand. Throws `UserError`.
 */
export async function readTorchFile(file: string): Promise<WeightFile> {
  const bytes = await fileBytes(file);
  const refusal: Refusal = {
    damaged: (what) => damaged(file, what),
    foreign: (name) => foreign(file, name),
  };
  const { value, read } = isZip(bytes) ? readArchive(bytes, file, refusal) : readLegacy(bytes, refusal);
  const tensors = new Map(
    namedTensors(value, file).map(([name, tensor]) => [name, torchTensor(name, tensor, read, file)]),
  );
  return {
    names: [...tensors.keys()],
    tensor(name) {
      const tensor = tensors.get(name);
      if (tensor !== undefined) return tensor;
      throw missingTensor(file, name);
    },
  };
}

function readArchive(bytes: FileBytes, file: string, refusal: Refusal) {
  const zip = readZip(bytes, file);
  const [name, ...others] = zip.names.filter((entry) => /^[^/]+\/data\.pkl$/.test(entry));
  const pickle = name === undefined ? undefined : zip.entry(name);
  if (name === undefined || pickle === undefined || others.length > 0) {
    throw damaged(file, 'It is a zip file, but not one of PyTorch weights.');
  }
  const folder = name.slice(0, -'data.pkl'.length);
  const order = zip.entry(`${folder}byteorder`);
  if (order !== undefined && new TextDecoder().decode(whole(order, file)) !== 'little') {
    throw damaged(file, 'Its numbers are big-endian.', 'Save it again on a little-endian machine.');
  }
  const { value } = unpickle(whole(pickle, file), 0, refusal);
  const read: StorageReader = ({ key, length, dtype }: Storage, start, end) => {
    const data = zip.entry(`${folder}data/${key}`);
    const wanted = length * (elementBytes[dtype] as number);
    if (data?.size === wanted) return data.read(start, end);
    throw damaged(file, `Its storage ${key} has ${data?.size ?? 0} bytes instead of ${wanted}.`);
  };
  return { value, read };
}

function whole(entry: ZipEntry, file: string): Uint8Array {
  if (entry.size > mostPickleBytes) {
    throw damaged(file, `Its pickle has ${entry.size} bytes; at most ${mostPickleBytes} are allowed.`);
  }
  return entry.read(0, entry.size);
}

function namedTensors(value: PickleValue, file: string) {
  if (!(value instanceof Map)) throw damaged(file, 'It does not contain a dictionary of tensors.');
  const tensors = [...value].flatMap(([name, tensor]) =>
    typeof name === 'string' && isKind(tensor, 'tensor') ? [[name, tensor] as const] : [],
  );
  if (tensors.length === 0)
    throw damaged(file, 'It contains no tensors.', 'Choose a file that contains only weights.');
  return tensors;
}

function foreign(file: string, name: string): UserError {
  return brokenModel(
    file,
    `The file names the Python object ${quoted(name)}, which weights do not need. Nothing in it was run.`,
    'Get the model from a source that you trust, preferably as model.safetensors.',
  );
}
