import type { Graph } from '../graph/graph.ts';
import { addNode, elementNode, multiplyNode } from '../graph/nodes.ts';
import type { Value } from '../graph/value.ts';

/**
 * GELU in its exact form, `y = x Φ(x)` with Φ the normal distribution function
 * (Hendrycks & Gimpel 2016, arXiv:1606.08415). Its derivative is `Φ(x) + x φ(x)`.
 */
export function gelu(graph: Graph, x: Value): Value {
  if (graph.portable) return recognisedGelu(graph, x);
  const scaled = multiplyNode(graph, x, graph.scalar(Math.SQRT1_2));
  const twice = addNode(graph, elementNode(graph, 'Erf', scaled), graph.scalar(1));
  const distribution = multiplyNode(graph, twice, graph.scalar(0.5));
  return graph.differentiate(multiplyNode(graph, x, distribution), [
    [
      x,
      (dy) => {
        const square = multiplyNode(graph, multiplyNode(graph, x, x), graph.scalar(-0.5));
        const weighted = multiplyNode(graph, x, graph.scalar(1 / Math.sqrt(2 * Math.PI)));
        const slope = addNode(
          graph,
          distribution,
          multiplyNode(graph, weighted, elementNode(graph, 'Exp', square)),
        );
        return multiplyNode(graph, dy, slope);
      },
    ],
  ]);
}

/** The form that PyTorch exports, which ONNX Runtime fuses into one operator when it loads a model. */
function recognisedGelu(graph: Graph, x: Value): Value {
  const scaled = graph.node('Div', [x, graph.scalar(Math.SQRT2)], x.shape);
  const twice = addNode(graph, elementNode(graph, 'Erf', scaled), graph.scalar(1));
  return multiplyNode(graph, multiplyNode(graph, x, twice), graph.scalar(0.5));
}
