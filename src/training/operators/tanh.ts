import type { Graph } from '../graph/graph.ts';
import { elementNode, multiplyNode, subtractNode } from '../graph/nodes.ts';
import type { Value } from '../graph/value.ts';

/** Hyperbolic tangent; its derivative is `1 - y²`. */
export function tanh(graph: Graph, x: Value): Value {
  const y = elementNode(graph, 'Tanh', x);
  return graph.differentiate(y, [
    [x, (dy) => multiplyNode(graph, dy, subtractNode(graph, graph.scalar(1), multiplyNode(graph, y, y)))],
  ]);
}
