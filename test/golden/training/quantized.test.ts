import { Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { encodeOnnx } from '../../../src/model/onnx/encode.ts';
import { createSession } from '../../../src/model/session.ts';
import { quantizedGraph } from '../../../src/training/quantizedModel.ts';
import { goldenBatch, goldenModels, goldenTrainer, readGolden, unpack } from './goldenModel.ts';

test.each(goldenModels)(
  'a $family with a $kind head and 8-bit weights gives nearly PyTorch’s logits',
  async ({ family, kind, file }) => {
    const golden = await readGolden(file);
    const trainer = await goldenTrainer(golden, kind);
    const graph = quantizedGraph(trainer);
    const integers = graph.initializers.filter(({ dtype }) => dtype === 'int8').map(({ name }) => name);
    // Words and token types; of each of two layers the attention's two products and the two after it. No head.
    expect(integers).toHaveLength(2 + 2 * 4);
    const { sequences, length, ids, attentionMask } = goldenBatch(golden, 0, kind);
    const shape = [sequences, length];
    const session = await createSession(encodeOnnx(graph), { threads: 1 });
    const { logits } = await session.run({
      input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), shape),
      attention_mask: new Tensor('int64', attentionMask, shape),
      ...(family === 'BERT'
        ? { token_type_ids: new Tensor('int64', new BigInt64Array(ids.length), shape) }
        : {}),
    });
    const pytorch = unpack(golden.first.logits);
    const errors = [...(logits as Tensor).data].flatMap((value, i) => {
      const isPadding = kind === 'tokens' && attentionMask[Math.floor(i / golden.labels)] === 0n;
      return isPadding ? [] : [Math.abs((value as number) - (pytorch[i] as number))];
    });
    expect(errors.length).toBeGreaterThan(0);
    expect(Math.max(...errors)).toBeLessThan(0.15);
    expect(Math.max(...errors)).toBeGreaterThan(1e-5);
    await session.release();
    await trainer.release();
  },
);
