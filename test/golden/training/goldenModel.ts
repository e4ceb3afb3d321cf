import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { seededRandom } from '../../../src/foundation/random.ts';
import { readModelConfig } from '../../../src/model/folder.ts';
import { writeSafetensors } from '../../../src/model/weights/safetensors.ts';
import { makeBatch, type Batch } from '../../../src/training/sequenceBatches.ts';
import { loadCheckpoint } from '../../../src/training/checkpoint.ts';
import { namedTensors } from '../../../src/training/export.ts';
import { ignoredLabel } from '../../../src/training/operators/crossEntropy.ts';
import { Trainer } from '../../../src/training/trainer.ts';

interface PackedTensor {
  readonly shape: readonly number[];
  readonly floats: string;
}

/** A file that scripts/makeTrainingGolden.py made. */
export interface Golden {
  readonly config: { readonly pad_token_id: number };
  readonly labels: number;
  readonly weights: Readonly<Record<string, PackedTensor>>;
  readonly batches: readonly {
    readonly lengths: readonly number[];
    readonly ids: readonly (readonly number[])[];
    readonly labels: readonly (readonly number[])[] | readonly number[];
  }[];
  readonly first: {
    readonly logits: PackedTensor;
    readonly loss: number;
    readonly gradients: Readonly<Record<string, PackedTensor>>;
  };
  readonly steps: readonly {
    readonly learningRate: number;
    readonly loss: number;
    readonly gradientNorm: number;
  }[];
  readonly trained?: Readonly<Record<string, PackedTensor>>;
}

type HeadKind = 'tokens' | 'sequence';

/** The models there are golden files of. */
export const goldenModels = [
  { family: 'BERT', kind: 'tokens', file: 'tokens' },
  { family: 'BERT', kind: 'sequence', file: 'sequence' },
  { family: 'RoBERTa', kind: 'tokens', file: 'robertaTokens' },
  { family: 'RoBERTa', kind: 'sequence', file: 'robertaSequence' },
] as const;

export async function readGolden(name: (typeof goldenModels)[number]['file']): Promise<Golden> {
  const file = path.join(import.meta.dirname, `../data/training/${name}.json`);
  return JSON.parse(await readFile(file, 'utf8')) as Golden;
}

export function unpack({ floats }: PackedTensor): Float32Array {
  return new Float32Array(Uint8Array.from(Buffer.from(floats, 'base64')).buffer);
}

/** The golden model with its weights, read the way a base folder is. */
export async function goldenTrainer(golden: Golden, kind: HeadKind): Promise<Trainer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chartmark-golden-'));
  try {
    await writeFile(path.join(folder, 'config.json'), JSON.stringify(golden.config));
    const tensors = Object.entries(golden.weights).map(
      ([name, packed]) => [name, { shape: packed.shape, data: unpack(packed) }] as const,
    );
    await writeSafetensors(path.join(folder, 'model.safetensors'), new Map(tensors), { dtype: 'F32' });
    const config = await readModelConfig(folder);
    const trainer = await Trainer.create({
      config,
      head: { kind, labels: golden.labels },
      largest: { sequences: 4, length: 16 },
      weightDecay: 0.01,
      clipping: 1,
      seed: 1,
      threads: 1,
    });
    const { layout, weights, embeddings } = trainer;
    const targets = { layout, values: weights.values, tables: embeddings.tables };
    await loadCheckpoint(folder, config, targets, seededRandom(1));
    // A fine-tuned head is drawn anew by design; here it must be PyTorch's.
    for (const { name, offset, parts } of layout.parameters) {
      const own = golden.weights[parts[0] as string];
      if (name.startsWith('classifier') && own !== undefined) weights.values.set(unpack(own), offset);
    }
    return trainer;
  } finally {
    await rm(folder, { recursive: true });
  }
}

export function goldenBatch(golden: Golden, index: number, kind: HeadKind): Batch {
  const { lengths, ids, labels } = golden.batches[index % golden.batches.length] as Golden['batches'][number];
  const sequences = lengths.map((length, i) => {
    const own = labels[i] as number | readonly number[];
    return {
      ids: (ids[i] as readonly number[]).slice(0, length),
      labels:
        typeof own === 'number' ? [own] : own.slice(0, length).map((id) => (id < 0 ? ignoredLabel : id)),
    };
  });
  return makeBatch(sequences, kind, golden.config.pad_token_id);
}

/** The gradients of all but the embeddings, under Hugging Face's names. */
export function namedGradients(trainer: Trainer) {
  const gradients = new Float32Array(trainer.layout.size);
  for (const parameter of trainer.layout.parameters) {
    gradients.set(trainer.weights.gradientTensor(parameter).data as Float32Array, parameter.offset);
  }
  const { config, layout, embeddings } = trainer;
  return namedTensors(config, { layout, weights: gradients, tables: embeddings.tables });
}
