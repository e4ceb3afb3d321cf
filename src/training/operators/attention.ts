import type { OnnxDimension } from '../../model/onnx/graphTypes.ts';
import type { Graph } from '../graph/graph.ts';
import { addNode, multiplyNode, productNode, subtractNode } from '../graph/nodes.ts';
import type { Value } from '../graph/value.ts';
import { type BatchShape, headSumsNode, mergeHeadsNode, splitHeadsNode } from './attentionHeads.ts';

interface AttentionOptions {
  readonly heads: number;
  readonly batch: BatchShape;
  /** Added to the scores; broadcast to `[sequences, heads, length, length]`. Very negative values mask positions. */
  readonly scoreBias: Value;
  /** Dropout of the probabilities, `[sequences, heads, length, length]`. */
  readonly dropout?: Value | undefined;
}

/**
 * Scaled dot-product attention (Vaswani et al. 2017, arXiv:1706.03762): x `[rows, 3 · width]` has query, key and value
 * side by side, and in each the heads side by side; the result is `[rows, width]`.
 */
export function attention(graph: Graph, x: Value, options: AttentionOptions): Value {
  const { heads, batch, scoreBias, dropout } = options;
  const all = splitHeadsNode(graph, x, batch, 3 * heads);
  const [sequences, , length, width] = all.shape as readonly [OnnxDimension, number, OnnxDimension, number];
  const one = [sequences, heads, length, width] as const;
  const [query, key, value] = graph.nodes('Split', [all], [one, one, one], {
    attributes: { axis: { int: 1 } },
  }) as readonly [Value, Value, Value];
  const scale = 1 / Math.sqrt(width);
  const scores = productNode(graph, query, key, { transposeB: true, scale });
  const probabilities = graph.node('Softmax', [addNode(graph, scores, scoreBias)], scores.shape, {
    attributes: { axis: { int: -1 } },
  });
  const drop = (v: Value): Value => (dropout === undefined ? v : multiplyNode(graph, v, dropout));
  const used = drop(probabilities);
  const y = mergeHeadsNode(graph, productNode(graph, used, value), batch);

  return graph.differentiate(y, [
    [
      x,
      (dy) => {
        const dContext = splitHeadsNode(graph, dy, batch, heads);
        const dValue = productNode(graph, used, dContext, { transposeA: true });
        const dProbabilities = drop(productNode(graph, dContext, value, { transposeB: true }));
        // Σ dP·P over a row equals Σ dy·y of a head (Dao et al. 2022, arXiv:2205.14135): far fewer numbers.
        const common = headSumsNode(graph, multiplyNode(graph, dy, y), batch, heads);
        const dScores = multiplyNode(graph, subtractNode(graph, dProbabilities, common), probabilities);
        const dQuery = productNode(graph, dScores, key, { scale });
        const dKey = productNode(graph, dScores, query, { transposeA: true, scale });
        const dAll = graph.node('Concat', [dQuery, dKey, dValue], all.shape, {
          attributes: { axis: { int: 1 } },
        });
        return mergeHeadsNode(graph, dAll, batch);
      },
    ],
  ]);
}
