import type { OnnxDimension } from '../../model/onnx/graphTypes.ts';
import type { Graph } from '../graph/graph.ts';
import { columnSumNode } from '../graph/nodes.ts';
import type { Value } from '../graph/value.ts';

/** `y = x Wᵀ + b`: x `[n, in]`, W `[out, in]` (PyTorch's layout), b `[out]`. */
export function linear(graph: Graph, x: Value, weight: Value, bias: Value): Value {
  const [rows] = x.shape as readonly [OnnxDimension];
  const [out] = weight.shape as readonly [OnnxDimension];
  const y = graph.node('Gemm', [x, weight, bias], [rows, out], { attributes: { transB: { int: 1 } } });
  return graph.differentiate(y, [
    [x, (dy) => graph.node('Gemm', [dy, weight], x.shape)],
    [weight, (dy) => graph.node('Gemm', [dy, x], weight.shape, { attributes: { transA: { int: 1 } } })],
    [bias, (dy) => columnSumNode(graph, dy)],
  ]);
}
