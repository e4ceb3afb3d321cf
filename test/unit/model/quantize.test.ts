import { Tensor } from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/foundation/random.ts';
import { encodeOnnx } from '../../../src/model/onnx/encode.ts';
import { quantizeModel } from '../../../src/model/onnx/quantize.ts';
import { quantizeRows, transposed } from '../../../src/model/onnx/quantizedRows.ts';
import type { OnnxModel } from '../../../src/model/onnx/graphTypes.ts';
import { createSession } from '../../../src/model/session.ts';

const random = seededRandom(5);
const numbers = (length: number): Float32Array => Float32Array.from({ length }, () => 2 * random() - 1);

/** Looks up rows of a table of 9 and multiplies them: `[n]` ids to `[n, 24]`. */
const model: OnnxModel = {
  name: 'test',
  opset: 17,
  inputs: [{ name: 'ids', dtype: 'int64', shape: ['n'] }],
  nodes: [
    { op: 'Gather', inputs: ['table', 'ids'], outputs: ['x'] },
    {
      op: 'Gemm',
      inputs: ['x', 'weight', 'bias'],
      outputs: ['y'],
      attributes: { transB: { int: 1 } },
    },
  ],
  outputs: [{ name: 'y', dtype: 'float32', shape: ['n', 24] }],
  initializers: [
    { name: 'table', dtype: 'float32', shape: [9, 16], data: numbers(9 * 16) },
    { name: 'weight', dtype: 'float32', shape: [24, 16], data: numbers(24 * 16) },
    { name: 'bias', dtype: 'float32', shape: [24], data: numbers(24) },
  ],
};

async function run(given: OnnxModel): Promise<Float32Array> {
  const session = await createSession(encodeOnnx(given), { threads: 1 });
  const { y } = await session.run({ ids: new Tensor('int64', BigInt64Array.of(8n, 0n, 3n), [3]) });
  await session.release();
  return y?.data as Float32Array;
}

const bytesOf = (given: OnnxModel): number => encodeOnnx(given).byteLength;

describe('a model with 8-bit weights', () => {
  test('gives nearly the same numbers', async () => {
    const expected = await run(model);
    const actual = await run(quantizeModel(model, () => false));
    const errors = [...actual].map((value, i) => Math.abs(value - (expected[i] as number)));
    expect(errors).toHaveLength(3 * 24);
    expect(Math.max(...errors)).toBeLessThan(0.05);
    expect(Math.max(...errors)).toBeGreaterThan(0);
  });

  test('holds no float of what it has as integers, and is made of standard operators', () => {
    const { initializers, nodes } = quantizeModel(model, () => false);
    const names = initializers.map(({ name, dtype }) => `${name}: ${dtype}`);
    expect(names.sort()).toEqual([
      'bias: float32',
      'table int8: int8',
      'table scale: float32',
      'weight int8: int8',
      'weight scale: float32',
    ]);
    expect(nodes.every(({ domain }) => domain === undefined)).toBe(true);
  });

  test('leaves weights alone that are to be kept', () => {
    expect(quantizeModel(model, () => true)).toEqual(model);
    const kept = quantizeModel(model, (name) => name === 'weight');
    expect(kept.nodes.at(-1)).toEqual(model.nodes.at(-1));
  });

  test('leaves products of another form alone', () => {
    const [gather, gemm] = model.nodes as readonly [OnnxModel['nodes'][number], OnnxModel['nodes'][number]];
    const scaled = { ...gemm, attributes: { transB: { int: 1 }, alpha: { float: 0.5 } } };
    const { nodes } = quantizeModel({ ...model, nodes: [gather, scaled] }, () => false);
    expect(nodes.at(-1)).toEqual(scaled);
  });

  test('is a quarter as large where weights are all there is', () => {
    const table = { name: 'table', dtype: 'float32' as const, shape: [900, 400], data: numbers(900 * 400) };
    const weight = { name: 'weight', dtype: 'float32' as const, shape: [24, 400], data: numbers(24 * 400) };
    const large = { ...model, initializers: [table, weight, ...model.initializers.slice(2)] };
    expect(bytesOf(quantizeModel(large, () => false)) / bytesOf(large)).toBeCloseTo(0.25, 1);
  });
});

describe('rows as integers', () => {
  test('reach 64 where they are largest, whatever their scale, and 0 stays 0', () => {
    const { values, scales } = quantizeRows(Float32Array.of(-2, 1, 0.25, 0, 0.001, -0.0005, 0, 0, 0), 3);
    expect([...values]).toEqual([-64, 32, 8, 0, 64, -32, 0, 0, 0]);
    expect(scales[0]).toBe(2 / 64);
    expect(scales[2]).toBe(1);
  });

  test('change places with columns', () => {
    expect([...transposed(Int8Array.of(1, 2, 3, 4, 5, 6), 3)]).toEqual([1, 4, 2, 5, 3, 6]);
  });
});
