import type { Graph } from '../graph/graph.ts';
import { multiplyNode, reshapeNode } from '../graph/nodes.ts';
import { lastLength, type Value } from '../graph/value.ts';
import type { BatchShape } from './attentionHeads.ts';

/** The row of each sequence's first token, [CLS]: x `[rows, width]` -> `[sequences, width]`. */
export function firstOfSequence(graph: Graph, x: Value, batch: BatchShape): Value {
  const width = lastLength(x);
  const { sequences, length, rows } = batch;
  const fullShape = graph.node('Concat', [batch.size, graph.integers([width])], [3], {
    dtype: 'int64',
    attributes: { axis: { int: 0 } },
  });
  const bySequence = reshapeNode(graph, x, fullShape, [sequences, length, width]);
  const first = graph.node('Gather', [bySequence, graph.integers([0], [])], [sequences, width], {
    attributes: { axis: { int: 1 } },
  });
  return graph.differentiate(first, [
    [
      x,
      (dy) => {
        const depth = graph.node('Gather', [batch.size, graph.integers([1], [])], [], { dtype: 'int64' });
        const isFirst = graph.node('OneHot', [graph.integers([0]), depth, graph.floats([0, 1])], [1, length]);
        const column = reshapeNode(graph, isFirst, graph.integers([1, -1, 1]), [1, length, 1]);
        const spread = reshapeNode(graph, dy, graph.integers([-1, 1, width]), [sequences, 1, width]);
        const full = multiplyNode(graph, spread, column);
        return reshapeNode(graph, full, graph.integers([-1, width]), [rows, width]);
      },
    ],
  ]);
}
