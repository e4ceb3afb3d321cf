import type { Graph } from '../graph/graph.ts';
import { columnSumNode, multiplyNode, productNode, reshapeNode, subtractNode } from '../graph/nodes.ts';
import { lastLength, type Value } from '../graph/value.ts';

/**
 * Layer normalisation of the rows of x `[n, width]` with gain and bias `[width]`
 * (Ba et al. 2016, arXiv:1607.06450): `y = gain (x - mean) / sqrt(variance + epsilon) + bias`.
 */
export function layerNorm(graph: Graph, x: Value, gain: Value, bias: Value, epsilon: number): Value {
  const width = lastLength(x);
  const perRow = [...x.shape.slice(0, -1), 1];
  const [y, mean, inverse] = graph.nodes('LayerNormalization', [x, gain, bias], [x.shape, perRow, perRow], {
    attributes: { axis: { int: -1 }, epsilon: { float: epsilon } },
  }) as readonly [Value, Value, Value];
  const normalised = (): Value => multiplyNode(graph, subtractNode(graph, x, mean), inverse);

  /** Mean over a row of `gain · value`, `[n, 1]`. */
  const weightedMean = (value: Value): Value => {
    const column = reshapeNode(graph, gain, graph.integers([width, 1]), [width, 1]);
    return multiplyNode(graph, productNode(graph, value, column), graph.scalar(1 / width));
  };

  return graph.differentiate(y, [
    [
      x,
      (dy) => {
        const along = weightedMean(multiplyNode(graph, dy, normalised()));
        const centred = subtractNode(graph, multiplyNode(graph, dy, gain), weightedMean(dy));
        const free = subtractNode(graph, centred, multiplyNode(graph, normalised(), along));
        return multiplyNode(graph, free, inverse);
      },
    ],
    [gain, (dy) => columnSumNode(graph, multiplyNode(graph, dy, normalised()))],
    [bias, (dy) => columnSumNode(graph, dy)],
  ]);
}
