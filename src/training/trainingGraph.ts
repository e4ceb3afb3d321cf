import type { ModelConfig } from '../model/folder.ts';
import type { OnnxDimension, OnnxModel } from '../model/onnx/graphTypes.ts';
import { batchShape, type Building, classifierHead, dimensions, encoder } from './encoder.ts';
import { backward } from './graph/backward.ts';
import { Graph } from './graph/graph.ts';
import type { Value } from './graph/value.ts';
import { crossEntropy } from './operators/crossEntropy.ts';
import type { Head, Layout } from './parameters.ts';

/** A dropout mask that is an input of the training graph. */
export interface MaskInput {
  readonly name: string;
  readonly kind: 'hidden' | 'attention';
  readonly shape: readonly OnnxDimension[];
}

interface TrainingGraph {
  readonly model: OnnxModel;
  readonly masks: readonly MaskInput[];
}

/** The name of the output for the gradient of an input. */
export function gradientName(input: string): string {
  return `gradient of ${input}`;
}

/**
 * Forward and backward pass in one graph. Inputs: each parameter, `embedded`, `attention_mask`, `labels`, `weights`,
 * `loss_scale` and the dropout masks. Outputs: `loss`, and the gradients of all parameters and of `embedded` that are
 * not frozen.
 */
export function trainingGraph(config: ModelConfig, layout: Layout, head: Head): TrainingGraph {
  const graph = new Graph({ portable: false });
  const masks: MaskInput[] = [];
  const rates = { hidden: config.hiddenDropout, attention: config.attentionDropout };
  const { building, weights, embedded, attentionMask } = prepare(
    graph,
    config,
    layout,
    (place, kind, shape) => {
      if (rates[kind] === 0) return undefined;
      const name = `dropout of ${place}`;
      masks.push({ name, kind, shape });
      return graph.input(name, 'float32', shape);
    },
  );
  const logits = classifierHead(building, head, encoder(building, embedded, attentionMask));
  const rows = [logits.shape[0] as OnnxDimension];
  const targets = {
    labels: graph.input('labels', 'int64', rows),
    weights: graph.input('weights', 'float32', rows),
  };
  const loss = crossEntropy(graph, logits, targets, graph.input('loss_scale', 'float32', []));
  const gradients = backward(graph, loss);
  graph.output('loss', loss);
  for (const [name, input] of [...weights, ['embedded', embedded] as const]) {
    const gradient = gradients.get(input);
    if (gradient !== undefined) graph.output(gradientName(name), gradient);
  }
  return { model: graph.model('training'), masks };
}

/**
 * The forward pass alone: from parameters, `embedded` and `attention_mask` to `logits` (`[tokens, labels]` or
 * `[sequences, labels]`).
 */
export function forwardGraph(config: ModelConfig, layout: Layout, head: Head): OnnxModel {
  const graph = new Graph({ portable: false });
  const { building, embedded, attentionMask } = prepare(graph, config, layout, () => undefined);
  graph.output('logits', classifierHead(building, head, encoder(building, embedded, attentionMask)));
  return graph.model('forward');
}

function prepare(graph: Graph, config: ModelConfig, layout: Layout, mask: Building['mask']) {
  const { sequences, length } = dimensions;
  const embedded = graph.input(
    'embedded',
    'float32',
    [sequences, length, config.hiddenSize],
    !layout.frozenEmbeddings,
  );
  const attentionMask = graph.input('attention_mask', 'int64', [sequences, length]);
  const weights = new Map(
    layout.parameters.map(({ name, shape, frozen }) => [name, graph.input(name, 'float32', shape, !frozen)]),
  );
  const building: Building = {
    graph,
    config,
    batch: batchShape(graph, attentionMask),
    weight: (name) => weights.get(name) as Value,
    mask,
  };
  return { building, weights, embedded, attentionMask };
}
