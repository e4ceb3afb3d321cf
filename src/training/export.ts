import path from 'node:path';
import { replaceFolderAtomic, writeFileAtomic } from '../foundation/atomicFile.ts';
import type { JsonObject } from '../foundation/json.ts';
import type { ChartmarkModelInfo, ModelConfig, ModelFamily } from '../model/folder.ts';
import { graphNames } from '../model/graphFile.ts';
import { readJsonObject } from '../model/jsonFile.ts';
import { checkReplaceable } from '../model/ownFolder.ts';
import { encodeOnnxPieces } from '../model/onnx/encode.ts';
import { writeSafetensors } from '../model/weights/safetensors.ts';
import { embeddingNames } from './checkpoint.ts';
import { exportTokenizer } from './exportTokenizer.ts';
import { type EmbeddingTables, inferenceGraph } from './inferenceGraph.ts';
import type { Head, Layout } from './parameters.ts';

export interface TrainedModel {
  readonly config: ModelConfig;
  readonly head: Head;
  readonly layout: Layout;
  readonly weights: Float32Array;
  readonly tables: EmbeddingTables;
  readonly info: ChartmarkModelInfo;
  /** `model_quantized.onnx`, if it is wanted. */
  readonly quantized?: Uint8Array | undefined;
  /** README.md. */
  readonly card: string;
}

const architectures = {
  bert: { tokens: 'BertForTokenClassification', sequence: 'BertForSequenceClassification' },
  roberta: { tokens: 'RobertaForTokenClassification', sequence: 'RobertaForSequenceClassification' },
} as const;

/**
 * Writes a Hugging Face model folder that also has an ONNX graph. It is written atomically and replaces an older model of
 * Chartmark. Throws `UserError` if it cannot be written, or if another folder is in its place.
 */
export async function exportModel(model: TrainedModel, base: string, out: string): Promise<void> {
  const baseConfig = await readJsonObject(path.join(base, 'config.json'));
  const { config, head, layout, weights, tables, info } = model;
  await replaceFolderAtomic(out, checkReplaceable, async (folder) => {
    const file = (name: string): string => path.join(folder, name);
    await writeSafetensors(file('model.safetensors'), namedTensors(config, model), { dtype: 'F32' });
    await writeFileAtomic(
      file(graphNames.fp32),
      encodeOnnxPieces(inferenceGraph(config, layout, head, weights, tables)),
    );
    if (model.quantized !== undefined) await writeFileAtomic(file(graphNames.int8), model.quantized);
    await writeFileAtomic(
      file('config.json'),
      json(classifierConfig(baseConfig, config.family, head, info.labels)),
    );
    await writeFileAtomic(file('chartmark.json'), json(info));
    await writeFileAtomic(file('README.md'), model.card);
    await exportTokenizer(base, folder, config.family, head);
  });
}

/** The tensors by their names in `transformers`. */
export function namedTensors(
  { hiddenSize: width, family }: Pick<ModelConfig, 'hiddenSize' | 'family'>,
  { layout, weights, tables }: Pick<TrainedModel, 'layout' | 'weights' | 'tables'>,
): Map<string, { readonly shape: readonly number[]; readonly data: Float32Array }> {
  const tensors = new Map(
    (['word', 'position', 'tokenType'] as const).map((key) => [
      `${family}.${embeddingNames[key]}`,
      { shape: [tables[key].length / width, width] as readonly number[], data: tables[key] },
    ]),
  );
  for (const { parts, shape, offset, size } of layout.parameters) {
    const [rows, ...rest] = shape as readonly [number, ...number[]];
    const share = size / parts.length;
    for (const [index, part] of parts.entries()) {
      const start = offset + index * share;
      tensors.set(part.startsWith('classifier.') ? part : `${family}.${part}`, {
        shape: [rows / parts.length, ...rest],
        data: weights.subarray(start, start + share),
      });
    }
  }
  return tensors;
}

/** The base's config.json, changed to that of a classifier with these labels. */
function classifierConfig(
  base: JsonObject,
  family: ModelFamily,
  head: Head,
  labels: readonly string[],
): JsonObject {
  // A base that is itself a classifier has other labels.
  const { torch_dtype: _, num_labels: __, problem_type: ___, ...rest } = base;
  return {
    ...rest,
    model_type: family,
    architectures: [architectures[family][head.kind]],
    dtype: 'float32',
    id2label: Object.fromEntries(labels.map((label, id) => [String(id), label])),
    label2id: Object.fromEntries(labels.map((label, id) => [label, id])),
    ...(head.kind === 'sequence' ? { problem_type: 'single_label_classification' } : {}),
  };
}

function json(value: JsonObject | ChartmarkModelInfo): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
