import type { Graph } from './graph.ts';
import { addNode } from './nodes.ts';
import type { Value } from './value.ts';

/**
 * Appends the gradients of `loss`, a scalar, to the graph: reverse-mode differentiation. Returns the
 * gradient of each differentiable value that the loss depends on.
 */
export function backward(graph: Graph, loss: Value): ReadonlyMap<Value, Value> {
  const gradients = new Map<Value, Value>([[loss, graph.scalar(1)]]);
  for (const { output, rules } of [...graph.steps].reverse()) {
    const gradient = gradients.get(output);
    if (gradient === undefined) continue;
    for (const [input, rule] of rules) {
      if (!input.differentiable) continue;
      const before = gradients.get(input);
      const part = rule(gradient);
      gradients.set(input, before === undefined ? part : addNode(graph, before, part));
    }
  }
  return gradients;
}
