import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { encodeOnnx } from '../../../src/model/onnx/encode.ts';
import type { OnnxModel } from '../../../src/model/onnx/graphTypes.ts';

interface TinyModel {
  /** `id2label`, in order. */
  readonly labels: readonly string[];
  /** Tokens beside the special ones, each with the logits it gives. */
  readonly tokens: Readonly<Record<string, readonly number[]>>;
  readonly kind: 'tokens' | 'sequences';
  readonly maxPositions?: number;
  /** Where the graph lies in the folder. */
  readonly graph?: string;
  readonly config?: Readonly<Record<string, unknown>>;
}

/** A temporary folder that is gone when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chartmark-model-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/**
 * Writes a model folder whose logits are looked up, token by token; those of a sequence are the sum over
 * its tokens. Tokens that are not named give zeros.
 */
export async function writeTinyModel(model: TinyModel): Promise<string> {
  const folder = await temporaryFolder();
  const vocabulary = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', ...Object.keys(model.tokens)];
  const size = model.labels.length;
  const table = new Float32Array(vocabulary.length * size);
  for (const [i, token] of vocabulary.entries()) table.set(model.tokens[token] ?? [], i * size);
  await writeFile(path.join(folder, 'vocab.txt'), `${vocabulary.join('\n')}\n`);
  await writeFile(
    path.join(folder, 'config.json'),
    JSON.stringify({
      model_type: 'bert',
      vocab_size: vocabulary.length,
      max_position_embeddings: model.maxPositions ?? 32,
      id2label: Object.fromEntries(model.labels.map((label, id) => [id, label])),
      ...model.config,
    }),
  );
  const graph = path.join(folder, model.graph ?? 'model.onnx');
  await mkdir(path.dirname(graph), { recursive: true });
  await writeFile(graph, encodeOnnx(lookUp(table, vocabulary.length, size, model.kind)));
  return folder;
}

function lookUp(table: Float32Array, tokens: number, size: number, kind: TinyModel['kind']): OnnxModel {
  const looked = kind === 'tokens' ? 'logits' : 'looked';
  return {
    name: 'tiny',
    opset: 18,
    inputs: ['input_ids', 'attention_mask', 'token_type_ids'].map((name) => ({
      name,
      dtype: 'int64',
      shape: ['batch', 'length'],
    })),
    nodes: [
      { op: 'Gather', inputs: ['table', 'input_ids'], outputs: [looked], attributes: { axis: { int: 0 } } },
      ...(kind === 'tokens'
        ? []
        : [
            {
              op: 'ReduceSum',
              inputs: [looked, 'axes'],
              outputs: ['logits'],
              attributes: { keepdims: { int: 0 } },
            },
          ]),
    ],
    outputs: [
      {
        name: 'logits',
        dtype: 'float32',
        shape: kind === 'tokens' ? ['batch', 'length', size] : ['batch', size],
      },
    ],
    initializers: [
      { name: 'table', dtype: 'float32', shape: [tokens, size], data: table },
      { name: 'axes', dtype: 'int64', shape: [1], data: BigInt64Array.of(1n) },
    ],
  };
}
