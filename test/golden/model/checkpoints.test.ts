import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { seededRandom } from '../../../src/foundation/random.ts';
import { readModelConfig } from '../../../src/model/folder.ts';
import { readTorchFile } from '../../../src/model/pickle/torchFile.ts';
import { writeSafetensors } from '../../../src/model/weights/safetensors.ts';
import { readWeights } from '../../../src/model/readWeights.ts';
import { loadCheckpoint } from '../../../src/training/checkpoint.ts';
import { Embeddings } from '../../../src/training/embeddings.ts';
import { layoutParameters } from '../../../src/training/parameters.ts';
import golden from '../data/checkpoints/values.json' with { type: 'json' };

interface Outline {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly sum: number;
  readonly first: readonly number[];
}

const data = path.join(import.meta.dirname, '../data/checkpoints');
const files = Object.entries(golden.files) as [string, Readonly<Record<string, Outline>>][];
const types: Readonly<Record<string, string>> = {
  float32: 'F32',
  float16: 'F16',
  bfloat16: 'BF16',
  float64: 'F64',
  int64: 'I64',
};

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chartmark-checkpoint-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** All weights of the model that a golden file holds, as training starts from them. */
async function loaded(folder: string): Promise<Float32Array> {
  const config = await readModelConfig(folder);
  const layout = layoutParameters(config, { kind: 'tokens', labels: 2 });
  const values = new Float32Array(layout.size);
  const embeddings = new Embeddings(config, 8);
  await loadCheckpoint(folder, config, { layout, values, tables: embeddings.tables }, seededRandom(1));
  return Float32Array.from([...values, ...embeddings.values]);
}

describe.each(files)('%s.bin', (name, tensors) => {
  it('holds the tensors that PyTorch finds in it', async () => {
    const file = await readTorchFile(path.join(data, `${name}.bin`));
    expect([...file.names].sort()).toEqual(Object.keys(tensors).sort());
    for (const [key, { shape, dtype, sum, first }] of Object.entries(tensors)) {
      const tensor = file.tensor(key);
      expect({ key, shape: tensor.shape, dtype: tensor.dtype }).toEqual({ key, shape, dtype: types[dtype] });
      if (dtype === 'int64') continue;
      const floats = tensor.toFloat32();
      expect([...floats.subarray(0, first.length)]).toEqual(first.map(Math.fround));
      expect(floats.reduce((total, value) => total + value, 0)).toBeCloseTo(sum, 6);
    }
  });
});

describe('a base folder with pytorch_model.bin', () => {
  it.each(['bert-fp32', 'bert-fp16', 'bert-legacy', 'roberta-fp32', 'roberta-bf16'])(
    'gives the weights of %s as model.safetensors does, whole or in parts',
    async (name) => {
      const [binary, whole, sharded] = [
        await temporaryFolder(),
        await temporaryFolder(),
        await temporaryFolder(),
      ];
      for (const folder of [binary, whole, sharded]) {
        await copyFile(path.join(data, `${name}.config.json`), path.join(folder, 'config.json'));
      }
      await copyFile(path.join(data, `${name}.bin`), path.join(binary, 'pytorch_model.bin'));
      const weights = await readTorchFile(path.join(data, `${name}.bin`));
      const tensors = weights.names.map((key) => {
        const tensor = weights.tensor(key);
        return [key, { shape: tensor.shape, data: tensor.toFloat32() }] as const;
      });
      await writeSafetensors(path.join(whole, 'model.safetensors'), new Map(tensors), { dtype: 'F32' });
      const shards = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'];
      const shardOf = (index: number): string => shards[index % 2] as string;
      for (const shard of shards) {
        const own = tensors.filter((_, index) => shardOf(index) === shard);
        await writeSafetensors(path.join(sharded, shard), new Map(own), { dtype: 'F32' });
      }
      const map = Object.fromEntries(tensors.map(([key], index) => [key, shardOf(index)]));
      await writeFile(
        path.join(sharded, 'model.safetensors.index.json'),
        JSON.stringify({ metadata: { total_size: 1 }, weight_map: map }),
      );
      const wanted = await loaded(whole);
      expect(wanted.some((value) => value !== 0)).toBe(true);
      expect(await loaded(binary)).toEqual(wanted);
      expect(await loaded(sharded)).toEqual(wanted);
    },
  );

  it('takes the safetensors where both are there', async () => {
    const folder = await temporaryFolder();
    const tensors = new Map([['only here', { shape: [1], data: Float32Array.of(1) }]]);
    await writeSafetensors(path.join(folder, 'model.safetensors'), tensors, { dtype: 'F32' });
    await copyFile(path.join(data, 'tricky.bin'), path.join(folder, 'pytorch_model.bin'));
    expect((await readWeights(folder)).has('only here')).toBe(true);
    await writeFile(path.join(folder, 'pytorch_model.bin'), await readFile(path.join(data, 'tricky.bin')));
    await rm(path.join(folder, 'model.safetensors'));
    expect((await readWeights(folder)).has('transposed')).toBe(true);
  });
});
