import type { Graph } from '../graph/graph.ts';
import { addNode, elementNode, multiplyNode, subtractNode } from '../graph/nodes.ts';
import type { Value } from '../graph/value.ts';

/** Sum of two values of one shape. */
export function add(graph: Graph, a: Value, b: Value): Value {
  return graph.differentiate(addNode(graph, a, b), [
    [a, (dy) => dy],
    [b, (dy) => dy],
  ]);
}

/** Hyperbolic tangent; its derivative is `1 - y²`. */
export function tanh(graph: Graph, x: Value): Value {
  const y = elementNode(graph, 'Tanh', x);
  return graph.differentiate(y, [
    [x, (dy) => multiplyNode(graph, dy, subtractNode(graph, graph.scalar(1), multiplyNode(graph, y, y)))],
  ]);
}

/** Dropout by a mask of x's shape with the values 0 and `1 / (1 - rate)`, which is an input of the graph. */
export function dropout(graph: Graph, x: Value, mask: Value): Value {
  return graph.differentiate(multiplyNode(graph, x, mask), [[x, (dy) => multiplyNode(graph, dy, mask)]]);
}
