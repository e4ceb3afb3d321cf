import { describe, expect, test } from 'vitest';
import { layoutParameters } from '../../../src/training/parameters.ts';
import { trainingGraph } from '../../../src/training/trainingGraph.ts';
import { tinyConfig } from './tinyBase.ts';
import { copyOfWeights, tinyBatch, tinyTrainer } from './tinyTrainer.ts';

const head = { kind: 'tokens', labels: 3 } as const;
const batch = tinyBatch([2, 5, 6, 7, 3], [2, 9, 3]);

function graphFrozen(freeze?: number) {
  return trainingGraph(tinyConfig, layoutParameters(tinyConfig, head, freeze), head).model;
}

describe('freezing lower layers', () => {
  test('keeps the embeddings and these layers to the bit, and moves all above', async () => {
    const trainer = await tinyTrainer({ freeze: 1 });
    const before = copyOfWeights(trainer);
    for (let step = 0; step < 3; step++) await trainer.step(batch, 1e-2);
    const after = copyOfWeights(trainer);
    expect(after.embeddings).toEqual(before.embeddings);
    for (const { name, offset, size, frozen } of trainer.layout.parameters) {
      const own = ({ weights }: typeof after): Float32Array => weights.subarray(offset, offset + size);
      const isLow = name.startsWith('embeddings.') || name.startsWith('encoder.layer.0.');
      expect(frozen, name).toBe(isLow);
      if (isLow) expect(own(after), name).toEqual(own(before));
      else expect(own(after), name).not.toEqual(own(before));
    }
    await trainer.release();
  });

  test('gives the gradients that the layers above have without it', async () => {
    const [free, frozen] = [await tinyTrainer(), await tinyTrainer({ freeze: 1 })];
    expect(await frozen.gradients(batch)).toBe(await free.gradients(batch));
    for (const parameter of frozen.layout.parameters.filter((one) => !one.frozen)) {
      const gradient = frozen.weights.gradientTensor(parameter).data;
      expect(gradient, parameter.name).toEqual(free.weights.gradientTensor(parameter).data);
    }
    await free.release();
    await frozen.release();
  });

  test('leaves no node and no output for their gradients in the graph', () => {
    const { nodes, outputs } = graphFrozen(1);
    const names = outputs.map(({ name }) => name);
    expect(names).not.toContain('gradient of embedded');
    expect(names.filter((name) => name.includes('layer.0.') || name.includes('embeddings'))).toEqual([]);
    const uses = (weight: string): number => nodes.filter(({ inputs }) => inputs.includes(weight)).length;
    // Forward only, against forward and the gradient of what came in.
    expect(uses('encoder.layer.0.output.dense.weight')).toBe(1);
    expect(uses('encoder.layer.1.output.dense.weight')).toBe(2);
    const counts = [undefined, 0, 1, 2].map((freeze) => graphFrozen(freeze).nodes.length);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(new Set(counts).size).toBe(4);
  });
});
