import { gaussian, seededRandom } from '../../src/foundation/random.ts';
import { type Batch, makeBatch } from '../../src/training/sequenceBatches.ts';
import { clippingScale } from '../../src/training/optimizer.ts';
import { fixedHyperparameters } from '../../src/training/setup.ts';
import { Trainer } from '../../src/training/trainer.ts';
import { labelCount, type PlainBatch } from './batch.ts';
import type { Shape } from './shapes.ts';

const learningRate = 1e-4;
const { weightDecay, clipping } = fixedHyperparameters;

/** A trainer of a shape, its weights drawn as BERT draws them. */
export async function makeTrainer({ config, sequences, length }: Shape, threads: number): Promise<Trainer> {
  const trainer = await Trainer.create({
    config,
    head: { kind: 'tokens', labels: labelCount },
    largest: { sequences, length },
    weightDecay,
    clipping,
    seed: 1,
    threads,
  });
  const random = seededRandom(1);
  const draw = (target: Float32Array): void => {
    for (let i = 0; i < target.length; i++) target[i] = 0.02 * gaussian(random);
  };
  draw(trainer.embeddings.values);
  for (const { name, offset, size } of trainer.layout.parameters) {
    const target = trainer.weights.values.subarray(offset, offset + size);
    if (name.endsWith('LayerNorm.weight')) target.fill(1);
    else if (name.endsWith('weight')) draw(target);
  }
  return trainer;
}

export function batchOf({ ids, labels }: PlainBatch): Batch {
  return makeBatch(
    ids.map((own, row) => ({ ids: own, labels: labels[row] as readonly number[] })),
    'tokens',
    0,
  );
}

/** An update, and its milliseconds. */
export async function timeStep(trainer: Trainer, batch: Batch): Promise<{ ms: number; loss: number }> {
  const started = performance.now();
  const { loss } = await trainer.step(batch, learningRate);
  return { ms: performance.now() - started, loss };
}

/** The same update as `step` does it, in milliseconds of its parts. `step` counts from 1. */
export async function timeParts(trainer: Trainer, batch: Batch, step: number) {
  const { weights, embeddings } = trainer;
  const started = performance.now();
  const loss = await trainer.gradients(batch);
  const computed = performance.now();
  const norm = Math.sqrt(weights.squaredNorm() + embeddings.squaredNorm());
  const measured = performance.now();
  const update = { step, learningRate, weightDecay, gradientScale: clippingScale(norm, clipping) };
  embeddings.update(update);
  const embedded = performance.now();
  weights.update(update);
  const done = performance.now();
  const parts = {
    'forward and backward': computed - started,
    'norm and clipping': measured - computed,
    'update of the embeddings': embedded - measured,
    'update of the other weights': done - embedded,
  };
  return { ms: done - started, loss, parts };
}
