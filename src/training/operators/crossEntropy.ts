import type { OnnxDimension } from '../../model/onnx/graphTypes.ts';
import type { Graph } from '../graph/graph.ts';
import { elementNode, multiplyNode, reshapeNode, rowSumNode, subtractNode } from '../graph/nodes.ts';
import { lastLength, type Value } from '../graph/value.ts';

/**
 * The label of a row that the loss ignores, like -100 in PyTorch. It is far less than minus the number of classes,
 * because OneHot counts small negative labels from the end.
 */
export const ignoredLabel = -(2 ** 31);

/** The targets of the rows, both `[n]`. */
interface Targets {
  /** int64. */
  readonly labels: Value;
  /** The weights of the rows. */
  readonly weights: Value;
}

/**
 * Weighted cross-entropy of logits `[n, classes]`, summed over the rows with a label and multiplied by the scalar
 * `scale` (one over the sum of their weights gives PyTorch's mean).
 */
export function crossEntropy(graph: Graph, logits: Value, { labels, weights }: Targets, scale: Value): Value {
  const logProbabilities = graph.node('LogSoftmax', [logits], logits.shape, {
    attributes: { axis: { int: -1 } },
  });
  // A label outside the classes gives a row of zeros.
  const oneHot = graph.node(
    'OneHot',
    [labels, graph.integers([lastLength(logits)], []), graph.floats([0, 1])],
    logits.shape,
    { attributes: { axis: { int: -1 } } },
  );
  const [rows] = logits.shape as readonly [OnnxDimension];
  const column = reshapeNode(graph, weights, graph.integers([-1, 1]), [rows, 1]);
  const wanted = multiplyNode(graph, oneHot, column);
  const picked = multiplyNode(graph, logProbabilities, wanted);
  const sum = graph.node('ReduceSum', [picked], [], { attributes: { keepdims: { int: 0 } } });
  const loss = multiplyNode(graph, elementNode(graph, 'Neg', sum), scale);
  return graph.differentiate(loss, [
    [
      logits,
      (dy) => {
        const counted = rowSumNode(graph, wanted);
        const probabilities = multiplyNode(graph, elementNode(graph, 'Exp', logProbabilities), counted);
        const difference = subtractNode(graph, probabilities, wanted);
        return multiplyNode(graph, difference, multiplyNode(graph, dy, scale));
      },
    ],
  ]);
}
