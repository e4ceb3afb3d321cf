import { Tensor } from 'onnxruntime-node';
import { expect, it } from 'vitest';
import { encodeOnnx, encodeOnnxPieces } from '../../../src/model/onnx/encode.ts';
import type { OnnxModel, OnnxNode, OnnxTensor, ValueInfo } from '../../../src/model/onnx/graphTypes.ts';
import { createSession } from '../../../src/model/session.ts';

function model(parts: {
  readonly nodes: readonly OnnxNode[];
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly initializers?: readonly OnnxTensor[];
}): OnnxModel {
  return { name: 'test', opset: 18, initializers: [], ...parts };
}

it('a graph with every kind of attribute and an operator of ONNX Runtime runs', async () => {
  const session = await createSession(
    encodeOnnx(
      model({
        inputs: [{ name: 'x', dtype: 'float32', shape: ['n', 2] }],
        nodes: [
          {
            op: 'Gemm',
            inputs: ['x', 'w'],
            outputs: ['y'],
            attributes: { transB: { int: 1 }, alpha: { float: 0.5 } },
          },
          { op: 'Transpose', inputs: ['y'], outputs: ['t'], attributes: { perm: { ints: [1, 0] } } },
          { op: 'Gelu', domain: 'com.microsoft', inputs: ['t'], outputs: ['g'] },
          {
            op: 'Pad',
            inputs: ['g', 'pads', '', 'axes'],
            outputs: ['p'],
            attributes: { mode: { string: 'edge' } },
          },
          { op: 'Softmax', inputs: ['p'], outputs: ['z'], attributes: { axis: { int: -1 } } },
        ],
        outputs: [{ name: 'z', dtype: 'float32', shape: [1, 'm'] }],
        initializers: [
          { name: 'w', dtype: 'float32', shape: [1, 2], data: Float32Array.of(1, -3) },
          { name: 'pads', dtype: 'int64', shape: [2], data: BigInt64Array.of(0n, 1n) },
          { name: 'axes', dtype: 'int64', shape: [1], data: BigInt64Array.of(-1n) },
        ],
      }),
    ),
  );
  const { z } = await session.run({ x: new Tensor('float32', Float32Array.of(8, 2, 6, 2), [2, 2]) });
  // Gemm gives 1 and 0, Gelu 0.8413 and 0, the padding repeats the last.
  const weights = [Math.exp(0.841_344_75), 1, 1];
  const sum = weights.reduce((total, weight) => total + weight, 0);
  expect((z as Tensor).dims).toEqual([1, 3]);
  for (const [i, weight] of weights.entries()) expect((z as Tensor).data[i]).toBeCloseTo(weight / sum, 6);
  await session.release();
});

it('constants of every type come back as they were', async () => {
  const constants: readonly OnnxTensor[] = [
    { name: 'f', dtype: 'float32', shape: [2], data: new Float32Array([0, 1.5, -2.25]).subarray(1) },
    { name: 'l', dtype: 'int64', shape: [2], data: BigInt64Array.of(-(2n ** 62n), 5n) },
    { name: 'i', dtype: 'int32', shape: [1, 2], data: Int32Array.of(-7, 2 ** 30) },
    { name: 'c', dtype: 'int8', shape: [1], data: Int8Array.of(-128) },
    { name: 'u', dtype: 'uint8', shape: [1], data: Uint8Array.of(255) },
    { name: 'b', dtype: 'bool', shape: [], data: Uint8Array.of(1) },
  ];
  const session = await createSession(
    encodeOnnx(
      model({
        inputs: [],
        nodes: constants.map(({ name }) => ({ op: 'Identity', inputs: [name], outputs: [`${name}_out`] })),
        outputs: constants.map(({ name, dtype, shape }) => ({ name: `${name}_out`, dtype, shape })),
        initializers: constants,
      }),
    ),
    { threads: 1 },
  );
  const results = await session.run({});
  for (const { name, dtype, shape, data } of constants) {
    const result = results[`${name}_out`] as Tensor;
    expect(result).toMatchObject({ type: dtype, dims: shape });
    expect([...(result.data as Iterable<unknown>)]).toEqual([...(data as Iterable<unknown>)]);
  }
  await session.release();
});

it('a constant whose data does not fit its shape is refused', () => {
  const wrong: OnnxTensor = { name: 'w', dtype: 'float32', shape: [2, 2], data: new Float32Array(3) };
  expect(() => encodeOnnx(model({ inputs: [], nodes: [], outputs: [], initializers: [wrong] }))).toThrow(
    RangeError,
  );
});

it('the pieces of a file are the file, and a large weight is not copied', () => {
  const data = new Float32Array(2 ** 15).fill(0.5);
  const graph = model({
    inputs: [],
    nodes: [],
    outputs: [],
    initializers: [{ name: 'w', shape: [data.length], dtype: 'float32', data }],
  });
  const pieces = [...encodeOnnxPieces(graph)];
  expect(Buffer.concat(pieces).equals(encodeOnnx(graph))).toBe(true);
  expect(pieces.some(({ buffer }) => buffer === data.buffer)).toBe(true);
});
