import type { ModelConfig } from '../model/folder.ts';
import type { OnnxDimension } from '../model/onnx/graphTypes.ts';
import type { Graph } from './graph/graph.ts';
import { multiplyNode, reshapeNode, subtractNode } from './graph/nodes.ts';
import type { Value } from './graph/value.ts';
import { add, dropout, tanh } from './operators/elementwise.ts';
import { attention } from './operators/attention.ts';
import type { BatchShape } from './operators/attentionHeads.ts';
import { firstOfSequence } from './operators/firstOfSequence.ts';
import { gelu } from './operators/gelu.ts';
import { layerNorm } from './operators/layerNorm.ts';
import { linear } from './operators/linear.ts';
import { type Head, sequenceHead } from './parameters.ts';

/** What the encoder and the head are built from; the same code makes training and inference graphs. */
export interface Building {
  readonly graph: Graph;
  readonly config: ModelConfig;
  readonly batch: BatchShape;
  /** A weight by its parameter's name. */
  readonly weight: (name: string) => Value;
  /** The dropout mask for a place in the model; undefined if nothing is dropped there. */
  readonly mask: (
    place: string,
    kind: 'hidden' | 'attention',
    shape: readonly OnnxDimension[],
  ) => Value | undefined;
}

/** The names of the dimensions that are known only when a graph runs. */
export const dimensions = { sequences: 'batch', length: 'length', rows: 'tokens' } as const;

/** The batch's shape, from an int64 input `[sequences, length]`. */
export function batchShape(graph: Graph, attentionMask: Value): BatchShape {
  return { size: graph.node('Shape', [attentionMask], [2], { dtype: 'int64' }), ...dimensions };
}

/**
 * BERT (Devlin et al. 2018, arXiv:1810.04805) or RoBERTa, which has the same structure (Liu et al. 2019,
 * arXiv:1907.11692): from summed embeddings `[sequences, length, width]` and an int64 mask `[sequences, length]` (1:
 * token, 0: padding) to hidden states `[tokens, width]`.
 */
export function encoder(building: Building, embedded: Value, attentionMask: Value): Value {
  const { graph, config, batch } = building;
  const width = config.hiddenSize;
  const rows = reshapeNode(graph, embedded, graph.integers([-1, width]), [batch.rows, width]);
  const flat = graph.differentiate(rows, [
    [
      embedded,
      (dy) => {
        const shape = graph.node('Shape', [embedded], [3], { dtype: 'int64' });
        return reshapeNode(graph, dy, shape, embedded.shape);
      },
    ],
  ]);
  const scoreBias = paddingBias(graph, attentionMask, batch);
  let hidden = drop(building, 'embeddings', norm(building, 'embeddings.LayerNorm', flat));
  for (let layer = 0; layer < config.layers; layer++) {
    hidden = encoderLayer(building, `encoder.layer.${layer}`, hidden, scoreBias);
  }
  return hidden;
}

/** Logits of hidden states: `[tokens, labels]`, or `[sequences, labels]` from the first token of each sequence. */
export function classifierHead(building: Building, head: Head, hidden: Value): Value {
  const { graph, batch, config } = building;
  if (head.kind === 'tokens') return dense(building, 'classifier', drop(building, 'classifier', hidden));
  const names = sequenceHead[config.family];
  const first = firstOfSequence(graph, hidden, batch);
  // RoBERTa's head also has dropout before its first layer.
  const given = config.family === 'roberta' ? drop(building, 'classifier.dense', first) : first;
  const features = tanh(graph, dense(building, names.features, given));
  return dense(building, names.logits, drop(building, 'classifier', features));
}

function encoderLayer(building: Building, name: string, x: Value, scoreBias: Value): Value {
  const { graph, config, batch } = building;
  const { heads } = config;
  const projected = dense(building, `${name}.attention.self`, x);
  const attended = attention(graph, projected, {
    heads,
    batch,
    scoreBias,
    dropout: building.mask(`${name}.attention.self`, 'attention', [
      batch.sequences,
      heads,
      batch.length,
      batch.length,
    ]),
  });
  const attentionOutput = dense(building, `${name}.attention.output.dense`, attended);
  const middle = norm(
    building,
    `${name}.attention.output.LayerNorm`,
    add(graph, x, drop(building, `${name}.attention.output`, attentionOutput)),
  );
  const widened = gelu(graph, dense(building, `${name}.intermediate.dense`, middle));
  const output = dense(building, `${name}.output.dense`, widened);
  return norm(
    building,
    `${name}.output.LayerNorm`,
    add(graph, middle, drop(building, `${name}.output`, output)),
  );
}

/** `[sequences, 1, 1, length]`: 0 at tokens; at padding so negative that softmax gives exactly 0. */
function paddingBias(graph: Graph, attentionMask: Value, batch: BatchShape): Value {
  const floats = graph.node('Cast', [attentionMask], attentionMask.shape, { attributes: { to: { int: 1 } } });
  const shape = graph.node(
    'Unsqueeze',
    [floats, graph.integers([1, 2])],
    [batch.sequences, 1, 1, batch.length],
  );
  return multiplyNode(graph, subtractNode(graph, shape, graph.scalar(1)), graph.scalar(1e9));
}

function dense({ graph, weight }: Building, name: string, x: Value): Value {
  return linear(graph, x, weight(`${name}.weight`), weight(`${name}.bias`));
}

function norm({ graph, weight, config }: Building, name: string, x: Value): Value {
  return layerNorm(graph, x, weight(`${name}.weight`), weight(`${name}.bias`), config.layerNormEps);
}

function drop({ graph, mask }: Building, place: string, x: Value): Value {
  const here = mask(place, 'hidden', x.shape);
  return here === undefined ? x : dropout(graph, x, here);
}
