import type { Graph } from '../graph/graph.ts';
import { addNode } from '../graph/nodes.ts';
import type { Value } from '../graph/value.ts';

/** Sum of two values of one shape. */
export function add(graph: Graph, a: Value, b: Value): Value {
  return graph.differentiate(addNode(graph, a, b), [
    [a, (dy) => dy],
    [b, (dy) => dy],
  ]);
}
