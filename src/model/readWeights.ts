import path from 'node:path';
import { isJsonObject } from '../foundation/json.ts';
import { fileExists } from '../foundation/readFiles.ts';
import { UserError } from '../foundation/userError.ts';
import { quoted, shortened } from './brokenModel.ts';
import { readJsonObject } from './jsonFile.ts';
import { readTorchFile } from './pickle/torchFile.ts';
import { readSafetensors } from './weights/safetensors.ts';
import { damaged, missingTensor } from './weights/damaged.ts';
import type { WeightFile, WeightTensor } from './weights/tensor.ts';

/** The weights of a model folder, in whatever files they are. */
export interface Weights {
  /** The weight file, or the index if there are several; for messages. */
  readonly file: string;
  has(name: string): boolean;
  /** Throws `UserError` if there is no tensor of that name. */
  tensor(name: string): WeightTensor;
}

type Reader = (file: string) => Promise<WeightFile>;

/** In search order. Safetensors is first, because it cannot contain code as a pickle can. */
const kinds: readonly { readonly name: string; readonly read: Reader; readonly sharded: boolean }[] = [
  { name: 'model.safetensors', read: readSafetensors, sharded: false },
  { name: 'model.safetensors.index.json', read: readSafetensors, sharded: true },
  { name: 'pytorch_model.bin', read: readTorchFile, sharded: false },
  { name: 'pytorch_model.bin.index.json', read: readTorchFile, sharded: true },
];

/**
 * Reads the weights of a model folder: `model.safetensors`, `pytorch_model.bin`, or either in several files with an
 * index. Throws `UserError` if there are none or a file is damaged.
 */
export async function readWeights(folder: string): Promise<Weights> {
  for (const { name, read, sharded } of kinds) {
    const file = path.join(folder, name);
    if (await fileExists(file))
      return sharded ? readShards(folder, file, read) : asWeights(file, await read(file));
  }
  throw new UserError('The model folder has no weights: neither model.safetensors nor pytorch_model.bin.', {
    place: { file: folder },
    nextStep: 'Copy one of them from the source of the model.',
  });
}

function asWeights(file: string, weights: WeightFile): Weights {
  const known = new Set(weights.names);
  return { file, has: (name) => known.has(name), tensor: (name) => weights.tensor(name) };
}

/** Reads several files by Hugging Face's index, whose `weight_map` gives the file of each tensor. */
async function readShards(folder: string, index: string, read: Reader): Promise<Weights> {
  const { weight_map: map } = await readJsonObject(index);
  if (!isJsonObject(map)) throw damaged(index, 'It has no weight_map.');
  const shards = new Map<string, WeightFile>();
  const places = new Map<string, WeightFile>();
  for (const [name, shard] of Object.entries(map)) {
    if (typeof shard !== 'string' || !isPlainName(shard)) {
      throw damaged(index, `It says that ${shortened(name)} is in ${quoted(shard)}, outside this folder.`);
    }
    const opened = shards.get(shard) ?? (await read(path.join(folder, shard)));
    shards.set(shard, opened);
    places.set(name, opened);
  }
  return {
    file: index,
    has: (name) => places.has(name),
    tensor(name) {
      const place = places.get(name);
      if (place === undefined) throw missingTensor(index, name);
      return place.tensor(name);
    },
  };
}

/** Whether a name stays in its folder on every system. */
function isPlainName(name: string): boolean {
  return /^[\w-][\w.-]{0,254}$/.test(name);
}
