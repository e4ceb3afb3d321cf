import path from 'node:path';
import { isJsonObject } from '../foundation/json.ts';
import { fileExists } from '../foundation/readFiles.ts';
import { UserError } from '../foundation/userError.ts';
import { readJsonObject } from './jsonFile.ts';
import { readTorchFile } from './pickle/torchFile.ts';
import { readSafetensors } from './weights/safetensors.ts';
import { damaged } from './weights/damaged.ts';
import type { WeightTensor } from './weights/tensor.ts';

/** The weights of a model folder, whatever files they lie in. */
export interface Weights {
  /** The file that names all of them: for messages. */
  readonly file: string;
  has(name: string): boolean;
  /** Throws `UserError` when there is no tensor of that name. */
  tensor(name: string): WeightTensor;
}

/** What the readers of one file have in common. */
interface WeightFile {
  readonly names: readonly string[];
  tensor(name: string): WeightTensor;
}

type Reader = (file: string) => Promise<WeightFile>;

/** In the order of looking: safetensors first, since nothing in it has to be refused. */
const kinds: readonly { readonly name: string; readonly read: Reader; readonly sharded: boolean }[] = [
  { name: 'model.safetensors', read: readSafetensors, sharded: false },
  { name: 'model.safetensors.index.json', read: readSafetensors, sharded: true },
  { name: 'pytorch_model.bin', read: readTorchFile, sharded: false },
  { name: 'pytorch_model.bin.index.json', read: readTorchFile, sharded: true },
];

/**
 * Reads the weights of a model folder: `model.safetensors`, `pytorch_model.bin`, or either in several
 * files with an index. Throws `UserError` when there are none or a file is damaged.
 */
export async function readWeights(folder: string): Promise<Weights> {
  for (const { name, read, sharded } of kinds) {
    const file = path.join(folder, name);
    if (await fileExists(file))
      return sharded ? readShards(folder, file, read) : asWeights(file, await read(file));
  }
  throw new UserError('The model folder has no weights: neither model.safetensors nor pytorch_model.bin.', {
    place: { file: folder },
    nextStep: 'Copy one of them from where the model came from.',
  });
}

function asWeights(file: string, weights: WeightFile): Weights {
  const known = new Set(weights.names);
  return { file, has: (name) => known.has(name), tensor: (name) => weights.tensor(name) };
}

/** Hugging Face's index: `weight_map` tells the file of each tensor. */
async function readShards(folder: string, index: string, read: Reader): Promise<Weights> {
  const { weight_map: map } = await readJsonObject(index);
  if (!isJsonObject(map)) throw damaged(index, 'It has no weight_map.');
  const shards = new Map<string, WeightFile>();
  const places = new Map<string, WeightFile>();
  for (const [name, shard] of Object.entries(map)) {
    if (typeof shard !== 'string' || !isPlainName(shard)) {
      throw damaged(
        index,
        `The weight ${name} is said to lie in ${JSON.stringify(shard)}, not in this folder.`,
      );
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
      if (place === undefined) {
        throw damaged(index, `It has no tensor "${name}".`, 'Choose a model folder of the BERT family.');
      }
      return place.tensor(name);
    },
  };
}

/** Whether a name stays in its folder on every system. */
function isPlainName(name: string): boolean {
  return /^[\w-][\w.-]*$/.test(name);
}
