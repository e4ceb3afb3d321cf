import type { Graph } from '../graph/graph.ts';
import { multiplyNode } from '../graph/nodes.ts';
import type { Value } from '../graph/value.ts';

/** Dropout by a mask of x's shape that holds 0 or `1 / (1 - rate)`; the mask comes from outside the graph. */
export function dropout(graph: Graph, x: Value, mask: Value): Value {
  return graph.differentiate(multiplyNode(graph, x, mask), [[x, (dy) => multiplyNode(graph, dy, mask)]]);
}
