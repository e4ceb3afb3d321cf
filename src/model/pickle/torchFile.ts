import { UserError } from '../../foundation/userError.ts';
import { elementBytes } from '../floats.ts';
import { damaged } from '../weights/damaged.ts';
import type { WeightTensor } from '../weights/tensor.ts';
import { readWeightBytes } from '../weights/weightBytes.ts';
import { readLegacy } from './legacy.ts';
import { torchTensor } from './torchTensor.ts';
import type { StorageBytes } from './torchTensor.ts';
import { unpickle } from './unpickle.ts';
import type { Refusal } from './value.ts';
import { isKind } from './value.ts';
import type { PickleValue, Storage } from './value.ts';
import { isZip, readZip } from './zip.ts';

interface TorchFile {
  readonly names: readonly string[];
  /** Throws `UserError` when there is no tensor of that name. */
  tensor(name: string): WeightTensor;
}

/**
 * Reads a dictionary of tensors that `torch.save` wrote: a zip file of a pickle and of storages (PyTorch
 * 1.6 and later), or the older series of pickles with the storages behind. The pickle is read as data, by
 * the few opcodes and names that tensors need; everything else is refused by its name and nothing is run.
 * Throws `UserError`. The file is held in memory until the result is dropped.
 */
export async function readTorchFile(file: string): Promise<TorchFile> {
  const bytes = await readWeightBytes(file);
  const refusal: Refusal = {
    damaged: (what) => damaged(file, what),
    foreign: (name) => foreign(file, name),
  };
  const { value, storage } = isZip(bytes) ? readArchive(bytes, file, refusal) : readLegacy(bytes, refusal);
  const tensors = new Map(
    namedTensors(value, file).map(([name, tensor]) => [name, torchTensor(name, tensor, storage, file)]),
  );
  return {
    names: [...tensors.keys()],
    tensor(name) {
      const tensor = tensors.get(name);
      if (tensor !== undefined) return tensor;
      throw damaged(file, `It has no tensor "${name}".`, 'Choose a model folder of the BERT family.');
    },
  };
}

function readArchive(bytes: Uint8Array, file: string, refusal: Refusal) {
  const zip = readZip(bytes, file);
  const [pickle, ...others] = zip.names.filter((name) => /^[^/]+\/data\.pkl$/.test(name));
  if (pickle === undefined || others.length > 0) {
    throw damaged(file, 'It is a zip file, but none that PyTorch made of weights.');
  }
  const folder = pickle.slice(0, -'data.pkl'.length);
  const order = zip.entry(`${folder}byteorder`);
  if (order !== undefined && new TextDecoder().decode(order) !== 'little') {
    throw damaged(file, 'Its numbers are big-endian.', 'Save it again on another machine.');
  }
  const { value } = unpickle(zip.entry(pickle) as Uint8Array, 0, refusal);
  const storage: StorageBytes = ({ key, length, dtype }: Storage) => {
    const data = zip.entry(`${folder}data/${key}`);
    const wanted = length * (elementBytes[dtype] as number);
    if (data?.length === wanted) return data;
    throw damaged(file, `Its storage ${key} has ${data?.length ?? 0} bytes instead of ${wanted}.`);
  };
  return { value, storage };
}

function namedTensors(value: PickleValue, file: string) {
  if (!(value instanceof Map)) throw damaged(file, 'It holds no dictionary of tensors.');
  const tensors = [...value].flatMap(([name, tensor]) =>
    typeof name === 'string' && isKind(tensor, 'tensor') ? [[name, tensor] as const] : [],
  );
  if (tensors.length === 0) throw damaged(file, 'It holds no tensors.', 'Choose a file of weights alone.');
  return tensors;
}

function foreign(file: string, name: string): UserError {
  return new UserError(
    `The file asks for ${JSON.stringify(name)} of Python, which weights do not need. Nothing of it was run.`,
    {
      place: { file },
      nextStep: 'Take the model from a place you trust, best as model.safetensors.',
    },
  );
}
