import type { OnnxDimension } from '../../model/onnx/graphTypes.ts';
import type { Graph } from './graph.ts';
import { broadcastShape, type Value } from './value.ts';

// Nodes without gradients, of which operators and their gradients are made.

export function addNode(graph: Graph, a: Value, b: Value): Value {
  return graph.node('Add', [a, b], broadcastShape(a.shape, b.shape));
}

export function subtractNode(graph: Graph, a: Value, b: Value): Value {
  return graph.node('Sub', [a, b], broadcastShape(a.shape, b.shape));
}

export function multiplyNode(graph: Graph, a: Value, b: Value): Value {
  return graph.node('Mul', [a, b], broadcastShape(a.shape, b.shape));
}

/** An element-wise function. */
export function elementNode(graph: Graph, op: 'Exp' | 'Erf' | 'Tanh' | 'Neg', a: Value): Value {
  return graph.node(op, [a], a.shape);
}

/** `[..., n]` -> `[..., 1]`. */
export function rowSumNode(graph: Graph, a: Value): Value {
  return graph.node('ReduceSum', [a, graph.integers([-1])], [...a.shape.slice(0, -1), 1], {
    attributes: { keepdims: { int: 1 } },
  });
}

/** `[m, n]` -> `[n]`. Multiplies by a row of ones, which is faster than ReduceSum over the first axis. */
export function columnSumNode(graph: Graph, a: Value): Value {
  const [rows, columns] = a.shape as readonly [OnnxDimension, OnnxDimension];
  const count = graph.node('Shape', [a], [1], {
    dtype: 'int64',
    attributes: { start: { int: 0 }, end: { int: 1 } },
  });
  const shape = graph.node('Concat', [graph.integers([1]), count], [2], {
    dtype: 'int64',
    attributes: { axis: { int: 0 } },
  });
  const ones = graph.node('Expand', [graph.scalar(1), shape], [1, rows]);
  const sums = graph.node('Gemm', [ones, a], [1, columns]);
  return graph.node('Reshape', [sums, graph.integers([-1])], [columns]);
}

export function reshapeNode(graph: Graph, a: Value, to: Value, shape: readonly OnnxDimension[]): Value {
  return graph.node('Reshape', [a, to], shape);
}

export function transposeNode(graph: Graph, a: Value, permutation: readonly number[]): Value {
  const shape = permutation.map((axis) => a.shape[axis] as OnnxDimension);
  return graph.node('Transpose', [a], shape, { attributes: { perm: { ints: permutation } } });
}

interface ProductOptions {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** A factor for the product. */
  readonly scale?: number;
}

/** Matrix product over the last two axes of `a` and `b`, whose other axes are equal. */
export function productNode(graph: Graph, a: Value, b: Value, options: ProductOptions = {}): Value {
  const { transposeA = false, transposeB = false, scale = 1 } = options;
  const rows = a.shape.at(transposeA ? -1 : -2) as OnnxDimension;
  const columns = b.shape.at(transposeB ? -2 : -1) as OnnxDimension;
  const shape = [...a.shape.slice(0, -2), rows, columns];
  if (!transposeA && !transposeB && scale === 1) return graph.node('MatMul', [a, b], shape);
  if (!graph.portable) {
    return graph.node('FusedMatMul', [a, b], shape, {
      domain: 'com.microsoft',
      attributes: {
        alpha: { float: scale },
        transA: { int: Number(transposeA) },
        transB: { int: Number(transposeB) },
      },
    });
  }
  const left = transposeA ? swapLastAxes(graph, a) : a;
  const right = transposeB ? swapLastAxes(graph, b) : b;
  const scaled = scale === 1 ? left : multiplyNode(graph, left, graph.scalar(scale));
  return graph.node('MatMul', [scaled, right], shape);
}

function swapLastAxes(graph: Graph, a: Value): Value {
  const axes = a.shape.map((_, axis) => axis);
  return transposeNode(graph, a, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
}
