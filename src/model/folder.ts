import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { checkValue, type ValueOf } from '../foundation/checkValue.ts';
import { dictionary, whole } from '../foundation/fields.ts';
import { isJsonObject, type JsonObject, type JsonValue, tryParseJson } from '../foundation/json.ts';
import { readTextIfThere } from '../foundation/readFiles.ts';
import { readJson } from '../foundation/readJson.ts';
import { UserError } from '../foundation/userError.ts';
import { relationSchemaRecord } from '../project/relationSchema.ts';
import { readJsonObject } from './jsonFile.ts';
import { brokenModel, quoted } from './brokenModel.ts';
import { fraction, isCount, notEncoder, size } from './configValues.ts';

/** The families of encoders that can be trained; the name is also the prefix of their weights. */
export type ModelFamily = 'bert' | 'roberta';

/** The structure of a BERT or RoBERTa encoder, from its `config.json`. */
export interface ModelConfig {
  readonly family: ModelFamily;
  /** The first of `architectures`, e.g. `BertModel`, `BertForTokenClassification`. */
  readonly architecture: string;
  readonly hiddenSize: number;
  readonly layers: number;
  readonly heads: number;
  readonly intermediateSize: number;
  readonly vocabSize: number;
  /** Longest sequence in tokens, including [CLS] and [SEP]. */
  readonly maxPositions: number;
  /** The row of the position table for the first token of a sequence; `maxPositions` does not count earlier rows. */
  readonly firstPosition: number;
  readonly typeVocabSize: number;
  readonly layerNormEps: number;
  readonly hiddenAct: string;
  readonly hiddenDropout: number;
  readonly attentionDropout: number;
  /** The classes of a fine-tuned model, in the order of their ids. */
  readonly labels?: readonly string[];
}

/** The precision of a graph's weights. */
export type Precision = 'fp32' | 'int8';

/** A file or folder that data was read from. */
const dataSource = z.object({
  /** The last part of the path. */
  name: z.string(),
  files: z.int(),
  /** Of the file, or of the list of files of a folder, in hexadecimal. */
  sha256: z.string(),
  /** The weight of its examples in training; 1 if left out. */
  weight: z.exactOptional(z.number()),
});
export type DataSource = ValueOf<typeof dataSource>;

/** Data that a model was trained on, with hashes that show later whether a file is the same. */
const modelData = z.object({
  role: z.enum(['train', 'dev']),
  examples: z.int(),
  /** Mentions by type, or related pairs by label. */
  labels: dictionary(z.int()),
  /** SHA-256 of the examples of this part, in hexadecimal. */
  sha256: z.string(),
  /** Absent for a dev part that was split off. */
  sources: z.exactOptional(z.array(dataSource)),
});

/** `chartmark.json` in the folder of a trained model. */
export const modelInfo = z.object({
  task: z.enum(['ner', 're']),
  labels: z.array(z.string()),
  /** Longest sequence in training, in tokens, including [CLS] and [SEP]. */
  maxLength: whole(1),
  /** Name of the encoder it started from. */
  base: z.prefault(z.string(), 'unknown'),
  seed: z.prefault(z.int(), 0),
  /** For a relation model: which pairs of mentions it classifies, and how they are written in its input. */
  relations: z.exactOptional(relationSchemaRecord),
  data: z.prefault(z.array(modelData), []),
  /** Fractions in [0, 1], by name, e.g. `devF1`. */
  scores: z.prefault(z.record(z.string(), z.number()), {}),
  /** If training was stopped early: the number of epochs done, and of those planned. */
  stopped: z.exactOptional(z.object({ epochs: z.int(), of: z.int() })),
  /** The default precision for running it. */
  precision: z.exactOptional(z.enum(['fp32', 'int8'])),
  /** Version by program, e.g. `chartmark`, `onnxruntime-node`. */
  /** What a person should know about the data, in sentences. */
  notes: z.exactOptional(z.array(z.string())),
  versions: z.prefault(z.record(z.string(), z.string()), {}),
});
export type ChartmarkModelInfo = ValueOf<typeof modelInfo>;

/** Whether a text is the `chartmark.json` of a trained model, and not that of a project. */
export function isTrainedModel(source: string): boolean {
  return checkValue(modelInfo, tryParseJson(source), 'chartmark.json').value !== undefined;
}

/** Far more than any encoder has. Building the graph of a broken config.json must not take forever. */
const mostLayers = 200;

/**
 * Reads `config.json` of a BERT or RoBERTa encoder for training. Throws `UserError` if it is missing, malformed, or
 * of another family.
 */
export async function readModelConfig(folder: string): Promise<ModelConfig> {
  await checkFolder(folder);
  const file = path.join(folder, 'config.json');
  const config = await readJsonObject(file);
  const family = config['model_type'] ?? 'bert';
  if (family !== 'bert' && family !== 'roberta') {
    throw brokenModel(
      file,
      `Models of type ${quoted(family)} cannot be trained.`,
      'Choose a BERT or RoBERTa model.',
    );
  }
  const positionKind = config['position_embedding_type'] ?? 'absolute';
  if (positionKind !== 'absolute') {
    throw brokenModel(
      file,
      `Encoders with the position type ${quoted(positionKind)} cannot be trained.`,
      'Choose an encoder with absolute positions.',
    );
  }
  const architectures = config['architectures'];
  const architecture: unknown = Array.isArray(architectures) ? architectures[0] : undefined;
  const labels = readLabels(config, file);
  if (config['model_type'] === undefined && config['hidden_size'] === undefined) {
    throw notEncoder('model_type and hidden_size are missing.', file);
  }
  const hiddenSize = size(config, 'hidden_size', file);
  const heads = size(config, 'num_attention_heads', file);
  if (hiddenSize % heads !== 0) {
    throw brokenModel(file, `hidden_size ${hiddenSize} is not a multiple of num_attention_heads ${heads}.`);
  }
  const layers = size(config, 'num_hidden_layers', file);
  if (layers > mostLayers) {
    throw brokenModel(file, `num_hidden_layers is ${layers}; no encoder has that many.`);
  }
  return {
    family,
    architecture: typeof architecture === 'string' ? architecture : 'BertModel',
    hiddenSize,
    layers,
    heads,
    intermediateSize: size(config, 'intermediate_size', file),
    vocabSize: size(config, 'vocab_size', file),
    ...readPositions(config, file),
    typeVocabSize: size(config, 'type_vocab_size', file),
    layerNormEps: fraction(config, 'layer_norm_eps', 1e-12, file),
    hiddenAct: typeof config['hidden_act'] === 'string' ? config['hidden_act'] : 'gelu',
    hiddenDropout: fraction(config, 'hidden_dropout_prob', 0.1, file),
    attentionDropout: fraction(config, 'attention_probs_dropout_prob', 0.1, file),
    ...(labels === undefined ? {} : { labels }),
  };
}

/** What running a fine-tuned model needs from its `config.json`. */
export interface ClassifierConfig {
  readonly labels: readonly string[];
  /** Longest sequence that the model accepts, including special tokens. */
  readonly maxPositions: number;
  readonly vocabSize?: number;
}

/** Reads `config.json` of a token or sequence classifier. Throws `UserError` if it has no labels. */
export async function readClassifierConfig(folder: string): Promise<ClassifierConfig> {
  await checkFolder(folder);
  const file = path.join(folder, 'config.json');
  const config = await readJsonObject(file);
  const labels = readLabels(config, file);
  if (labels === undefined) {
    throw new UserError(
      'The model has no labels (id2label): it is an encoder that has not been trained yet.',
      {
        place: { file },
        nextStep: 'Train a model on it first, or choose a trained model.',
      },
    );
  }
  const vocabSize = config['vocab_size'];
  return {
    labels,
    maxPositions: readPositions(config, file).maxPositions,
    ...(isCount(vocabSize) ? { vocabSize } : {}),
  };
}

/** Reads a trained model's `chartmark.json`; undefined if another program made the folder. Throws `UserError`. */
export async function readModelInfo(folder: string): Promise<ChartmarkModelInfo | undefined> {
  const file = path.join(folder, 'chartmark.json');
  const source = await readTextIfThere(file);
  if (source === undefined) return undefined;
  const nextStep = 'Train the model again, or remove this file.';
  return readJson(modelInfo, source, { name: 'chartmark.json', place: { file }, nextStep });
}

/**
 * The task of a model: from chartmark.json, or from its architecture if another program made it. Throws `UserError`
 * if the folder or its files cannot be read.
 */
export async function readModelTask(folder: string): Promise<'ner' | 're'> {
  await checkFolder(folder);
  const info = await readModelInfo(folder);
  if (info !== undefined) return info.task;
  const { architectures } = await readJsonObject(path.join(folder, 'config.json'));
  return Array.isArray(architectures) && String(architectures[0]).endsWith('ForSequenceClassification')
    ? 're'
    : 'ner';
}

async function checkFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory()) return;
  throw new UserError(
    found === undefined ? 'The model folder does not exist.' : 'This is not a model folder.',
    {
      place: { file: folder },
      nextStep: 'Choose a folder that contains config.json and the model.',
    },
  );
}

/** Model types whose first position is the padding token's id + 1: RoBERTa and its relatives. */
const countedFromPadding: ReadonlySet<unknown> = new Set(['roberta', 'xlm-roberta', 'camembert']);

function readPositions(config: JsonObject, file: string) {
  const rows = size(config, 'max_position_embeddings', file);
  if (!countedFromPadding.has(config['model_type'])) return { maxPositions: rows, firstPosition: 0 };
  const padding = config['pad_token_id'] ?? 1;
  const firstPosition = Number.isSafeInteger(padding) ? (padding as number) + 1 : 0;
  if (firstPosition < 1 || rows <= firstPosition) {
    throw brokenModel(file, 'pad_token_id does not fit max_position_embeddings.');
  }
  return { maxPositions: rows - firstPosition, firstPosition };
}

/** `id2label` as a list; its keys must be 0, 1, 2 ... */
function readLabels(config: JsonObject, file: string): readonly string[] | undefined {
  const map = config['id2label'] ?? inverted(config['label2id']);
  if (map === undefined) return undefined;
  const labels = isJsonObject(map) ? Object.keys(map).map((_, id) => map[String(id)]) : [];
  if (labels.length === 0 || !labels.every((label) => typeof label === 'string')) {
    throw brokenModel(file, 'id2label must give a label for each of the ids 0, 1, 2 ...');
  }
  return labels;
}

/** `label2id` as `id2label`: some models have only that. */
function inverted(map: JsonValue | undefined): JsonObject | undefined {
  if (!isJsonObject(map)) return undefined;
  return Object.fromEntries(
    Object.entries(map).flatMap(([label, id]) => (typeof id === 'number' ? [[String(id), label]] : [])),
  );
}
