import type { ModelConfig } from '../model/folder.ts';
import type { OnnxModel } from '../model/onnx/graphTypes.ts';
import { batchShape, type Building, classifierHead, dimensions, encoder } from './encoder.ts';
import { Graph } from './graph/graph.ts';
import { addNode, reshapeNode } from './graph/nodes.ts';
import type { Value } from './graph/value.ts';
import type { Head, Layout } from './parameters.ts';

/** The three embedding tables, row-major, `[rows, width]`. */
export interface EmbeddingTables {
  readonly word: Float32Array;
  readonly position: Float32Array;
  readonly tokenType: Float32Array;
}

/**
 * The graph that annotates, from int64 `input_ids`, `attention_mask` and (BERT) `token_type_ids`, all `[batch, length]`,
 * to `logits`, `[batch, length, labels]` for tokens or `[batch, labels]` for sequences. It has only standard ONNX
 * operators and contains the weights (by reference until it is encoded).
 */
export function inferenceGraph(
  config: ModelConfig,
  layout: Layout,
  head: Head,
  weights: Float32Array,
  tables: EmbeddingTables,
): OnnxModel {
  const { building, hidden } = wholeEncoder(config, layout, weights, tables);
  const { graph } = building;
  const logits = classifierHead(building, head, hidden);
  graph.output('logits', head.kind === 'tokens' ? bySequence(building, logits, head.labels) : logits);
  return graph.model('chartmark');
}

/** The encoder without a head: from the same inputs to the last hidden states, `hidden`, `[batch, length, width]`. */
export function encoderGraph(
  config: ModelConfig,
  layout: Layout,
  weights: Float32Array,
  tables: EmbeddingTables,
): OnnxModel {
  const { building, hidden } = wholeEncoder(config, layout, weights, tables);
  building.graph.output('hidden', hidden);
  return building.graph.model('encoder');
}

/** From token ids to hidden states. */
function wholeEncoder(
  config: ModelConfig,
  layout: Layout,
  weights: Float32Array,
  tables: EmbeddingTables,
): { readonly building: Building; readonly hidden: Value } {
  const graph = new Graph({ portable: true });
  const { sequences, length } = dimensions;
  const input = (name: string): Value => graph.input(name, 'int64', [sequences, length]);
  const ids = input('input_ids');
  const attentionMask = input('attention_mask');
  // RoBERTa has only one token type and no input for it.
  const tokenTypes = config.family === 'bert' ? input('token_type_ids') : graph.integers([0], []);
  const constants = new Map(
    layout.parameters.map(({ name, shape, offset, size }) => [
      name,
      graph.weight(name, shape, weights.subarray(offset, offset + size)),
    ]),
  );
  const building: Building = {
    graph,
    config,
    batch: batchShape(graph, attentionMask),
    weight: (name) => constants.get(name) as Value,
    mask: () => undefined,
  };
  const embedded = embed(building, tables, ids, tokenTypes);
  return { building, hidden: encoder(building, embedded, attentionMask) };
}

function embed(building: Building, tables: EmbeddingTables, ids: Value, tokenTypes: Value): Value {
  const { graph, config, batch } = building;
  const { hiddenSize: width } = config;
  const shape = [batch.sequences, batch.length, width];
  const table = (name: string, data: Float32Array): Value =>
    graph.weight(`embeddings.${name}_embeddings.weight`, [data.length / width, width], data);
  const words = graph.node('Gather', [table('word', tables.word), ids], shape);
  const types = graph.node(
    'Gather',
    [table('token_type', tables.tokenType), tokenTypes],
    [...tokenTypes.shape, width],
  );
  const length = graph.node('Slice', [batch.size, graph.integers([1]), graph.integers([2])], [1], {
    dtype: 'int64',
  });
  const first = graph.integers([config.firstPosition]);
  const end =
    config.firstPosition === 0 ? length : graph.node('Add', [length, first], [1], { dtype: 'int64' });
  const positions = graph.node(
    'Slice',
    [table('position', tables.position), first, end, graph.integers([0])],
    [batch.length, width],
  );
  return addNode(graph, addNode(graph, words, types), positions);
}

function bySequence({ graph, batch }: Building, logits: Value, labels: number): Value {
  const shape = graph.node('Concat', [batch.size, graph.integers([labels])], [3], {
    dtype: 'int64',
    attributes: { axis: { int: 0 } },
  });
  return reshapeNode(graph, logits, shape, [batch.sequences, batch.length, labels]);
}
