import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Tensor } from 'onnxruntime-node';
import { readSafetensors } from '../../../src/model/weights/safetensors.ts';
import { createSession } from '../../../src/model/session.ts';
import { exportModel } from '../../../src/training/export.ts';
import type { Trainer } from '../../../src/training/trainer.ts';
import { goldenBatch, goldenModels, goldenTrainer, readGolden, unpack, type Golden } from './goldenModel.ts';

describe.each(goldenModels)('an exported $family with a $kind head', ({ family, kind, file }) => {
  let golden: Golden;
  let trainer: Trainer;
  let folder: string;
  const model = (): string => path.join(folder, 'model');

  beforeAll(async () => {
    golden = await readGolden(file);
    trainer = await goldenTrainer(golden, kind);
    folder = await mkdtemp(path.join(tmpdir(), 'chartmark-export-'));
    await writeFile(path.join(folder, 'config.json'), JSON.stringify(golden.config));
    const labels = Array.from({ length: golden.labels }, (_, id) => `label ${id}`);
    const { config, head, layout, weights, embeddings } = trainer;
    const info = {
      task: kind === 'tokens' ? ('ner' as const) : ('re' as const),
      labels,
      maxLength: 16,
      base: 'tiny',
      seed: 1,
      data: [],
      scores: {},
      versions: {},
    };
    await exportModel(
      { config, head, layout, weights: weights.values, tables: embeddings.tables, info, card: 'A model.' },
      folder,
      model(),
    );
  });
  afterAll(async () => {
    await trainer.release();
    await rm(folder, { recursive: true });
  });

  test('gives the trainer’s and PyTorch’s logits in ONNX Runtime', async () => {
    const batch = goldenBatch(golden, 0, kind);
    const { sequences, length, attentionMask } = batch;
    const session = await createSession(path.join(model(), 'model.onnx'), { threads: 1 });
    const shape = [sequences, length];
    const results = await session.run({
      input_ids: new Tensor('int64', BigInt64Array.from(batch.ids, BigInt), shape),
      attention_mask: new Tensor('int64', attentionMask, shape),
      ...(family === 'BERT'
        ? { token_type_ids: new Tensor('int64', new BigInt64Array(sequences * length), shape) }
        : {}),
    });
    const exported = results['logits'] as Tensor;
    expect(exported.dims).toEqual(kind === 'tokens' ? [3, 9, 5] : [3, 3]);
    const trained = await trainer.logits(batch);
    const pytorch = unpack(golden.first.logits);
    const perRow = golden.labels;
    for (const [i, value] of (exported.data as Float32Array).entries()) {
      const place = Math.floor(i / perRow);
      const isPadding = kind === 'tokens' && attentionMask[place] === 0n;
      if (isPadding) continue;
      expect(Math.abs(value - (trained[i] as number))).toBeLessThan(1e-5);
      expect(Math.abs(value - (pytorch[i] as number))).toBeLessThan(1e-5);
    }
    await session.release();
  });

  test('holds every weight under the name and in the shape that PyTorch gives it', async () => {
    const exported = await readSafetensors(path.join(model(), 'model.safetensors'));
    expect([...exported.names].sort()).toEqual(Object.keys(golden.weights).sort());
    for (const [name, packed] of Object.entries(golden.weights)) {
      expect(exported.tensor(name).shape).toEqual(packed.shape);
      expect(exported.tensor(name).toFloat32()).toEqual(unpack(packed));
    }
    expect(exported.metadata).toEqual({ format: 'pt' });
  });
});
