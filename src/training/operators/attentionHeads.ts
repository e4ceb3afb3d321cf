import type { OnnxDimension } from '../../model/onnx/graphTypes.ts';
import type { Graph } from '../graph/graph.ts';
import { reshapeNode, rowSumNode, transposeNode } from '../graph/nodes.ts';
import { lastLength, type Value } from '../graph/value.ts';

/** The shape of a batch. `size` is int64 `[2]`: the number of sequences and their length. */
export interface BatchShape {
  readonly size: Value;
  readonly sequences: OnnxDimension;
  readonly length: OnnxDimension;
  /** `sequences · length`. */
  readonly rows: OnnxDimension;
}

/** Swaps positions and heads; its own inverse. */
const swap = [0, 2, 1, 3] as const;

/** x `[rows, heads · width]` -> `[sequences, heads, length, width]`. */
export function splitHeadsNode(graph: Graph, x: Value, batch: BatchShape, heads: number): Value {
  return transposeNode(graph, byHeadsNode(graph, x, batch, heads), swap);
}

/** The sum of the numbers of each head: x `[rows, heads · width]` -> `[sequences, heads, length, 1]`. */
export function headSumsNode(graph: Graph, x: Value, batch: BatchShape, heads: number): Value {
  return transposeNode(graph, rowSumNode(graph, byHeadsNode(graph, x, batch, heads)), swap);
}

/** x `[rows, heads · width]` -> `[sequences, length, heads, width]`. */
function byHeadsNode(graph: Graph, x: Value, batch: BatchShape, heads: number): Value {
  const width = lastLength(x) / heads;
  const shape = graph.node('Concat', [batch.size, graph.integers([heads, width])], [4], {
    dtype: 'int64',
    attributes: { axis: { int: 0 } },
  });
  return reshapeNode(graph, x, shape, [batch.sequences, batch.length, heads, width]);
}

/** The inverse of `splitHeadsNode`. */
export function mergeHeadsNode(graph: Graph, x: Value, batch: BatchShape): Value {
  const [, heads, , width] = x.shape as readonly [OnnxDimension, number, OnnxDimension, number];
  const byPosition = transposeNode(graph, x, swap);
  return reshapeNode(graph, byPosition, graph.integers([-1, heads * width]), [batch.rows, heads * width]);
}
