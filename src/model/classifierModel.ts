import path from 'node:path';
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { UserError } from '../foundation/userError.ts';
import { type Precision, readClassifierConfig, readModelInfo } from './folder.ts';
import { findGraph, graphNames } from './graphFile.ts';
import { mentionLabels } from './mentionLabels.ts';
import { createSession } from './session.ts';
import { loadTokenizer } from './tokenizer/tokenizer.ts';
import type { Tokenizer } from './tokenizer/types.ts';

/** A fine-tuned model ready to run, for token or sequence classification. */
export interface ClassifierModel {
  readonly tokenizer: Tokenizer;
  readonly labels: readonly string[];
  /** The most tokens that a row can have besides [CLS] and [SEP]. */
  readonly capacity: number;
  /**
   * Adds [CLS] and [SEP] to each row of ids, pads the rows and runs them as one batch. The logits are row-major,
   * `[rows, length, labels]` for tokens (index 0 is [CLS]) or `[rows, labels]` for sequences.
   */
  run(rows: readonly (readonly number[])[]): Promise<Logits>;
  release(): Promise<void>;
}

interface Logits {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/**
 * `rank` is the number of dimensions of the logits: 3 for tokens, 2 for sequences. Without `precision`, that of
 * chartmark.json is used, or fp32.
 */
export async function loadClassifierModel(
  folder: string,
  rank: 2 | 3,
  precision?: Precision,
): Promise<ClassifierModel> {
  const config = await readClassifierConfig(folder);
  const labels = rank === 3 ? mentionLabels(config.labels, path.join(folder, 'config.json')) : config.labels;
  const info = await readModelInfo(folder);
  const tokenizer = await loadTokenizer(folder);
  if (config.vocabSize !== undefined && tokenizer.vocabSize > config.vocabSize) {
    throw new UserError(
      `The tokenizer has ${tokenizer.vocabSize} tokens, but the model knows only ${config.vocabSize}.`,
      { place: { file: folder }, nextStep: 'Get the tokenizer and the model from the same source.' },
    );
  }
  const file = await graphOf(folder, precision ?? info?.precision);
  const session = await createSession(file);
  const maxLength = Math.min(config.maxPositions, info?.maxLength ?? config.maxPositions);
  const inputs = knownInputs(session, file);
  const output = session.outputNames.find((name) => name === 'logits') ?? (session.outputNames[0] as string);

  return {
    tokenizer,
    labels,
    capacity: Math.max(1, maxLength - 2),
    async run(rows) {
      const feeds = makeFeeds(rows, tokenizer, inputs);
      const results = await session.run(feeds, [output]).catch((error: unknown) => {
        throw new UserError('The model failed to run.', {
          place: { file },
          nextStep: 'Copy or download the model folder again.',
          cause: error,
        });
      });
      return checkLogits(results[output], rank, labels, file);
    },
    release: () => session.release(),
  };
}

async function graphOf(folder: string, precision: Precision | undefined): Promise<string> {
  const file = await findGraph(folder, precision);
  if (file !== undefined) return file;
  const name = graphNames[precision ?? 'fp32'];
  throw new UserError(`The model folder has no ${name}.`, {
    place: { file: path.join(folder, name) },
    nextStep:
      precision === 'int8'
        ? 'Train it with --quantize, or run it with --precision fp32.'
        : (await findGraph(folder)) === undefined
          ? 'Export the model to ONNX, or train one with Chartmark.'
          : 'Run it with --precision int8, or without a precision.',
  });
}

/** The inputs of the graph. Not every model has all three: DistilBERT has no token types. */
function knownInputs(session: InferenceSession, file: string): readonly string[] {
  const known = new Set(['input_ids', 'attention_mask', 'token_type_ids']);
  const unknown = session.inputNames.filter((name) => !known.has(name));
  if (unknown.length === 0 && session.inputNames.includes('input_ids')) return session.inputNames;
  throw new UserError(`The graph's inputs are ${session.inputNames.join(', ')}, not those of a BERT model.`, {
    place: { file },
    nextStep: 'Export it with the inputs input_ids, attention_mask and token_type_ids.',
  });
}

function makeFeeds(
  rows: readonly (readonly number[])[],
  { clsId, sepId, padId }: Tokenizer,
  inputs: readonly string[],
): Record<string, Tensor> {
  const length = rows.reduce((longest, row) => Math.max(longest, row.length), 0) + 2;
  const ids = new BigInt64Array(rows.length * length).fill(BigInt(padId));
  const mask = new BigInt64Array(rows.length * length);
  for (const [i, row] of rows.entries()) {
    const start = i * length;
    ids[start] = BigInt(clsId);
    for (const [j, id] of row.entries()) ids[start + 1 + j] = BigInt(id);
    ids[start + 1 + row.length] = BigInt(sepId);
    mask.fill(1n, start, start + row.length + 2);
  }
  const dims = [rows.length, length];
  const all: Readonly<Record<string, BigInt64Array>> = {
    input_ids: ids,
    attention_mask: mask,
    token_type_ids: new BigInt64Array(ids.length),
  };
  return Object.fromEntries(
    inputs.map((name) => [name, new Tensor('int64', all[name] as BigInt64Array, dims)]),
  );
}

function checkLogits(
  tensor: Tensor | undefined,
  rank: 2 | 3,
  labels: readonly string[],
  file: string,
): Logits {
  if (tensor === undefined || !(tensor.data instanceof Float32Array) || tensor.dims.length !== rank) {
    const kind = rank === 3 ? 'tokens' : 'whole texts';
    throw new UserError(`The model does not classify ${kind}.`, {
      place: { file },
      nextStep:
        rank === 3
          ? 'Choose a token-classification model.'
          : 'Choose a sequence-classification model for relations.',
    });
  }
  const classes = tensor.dims.at(-1);
  if (classes !== labels.length) {
    throw new UserError(`The graph has ${classes} labels, but config.json names ${labels.length}.`, {
      place: { file },
      nextStep: 'Get config.json and model.onnx from the same source.',
    });
  }
  return { data: tensor.data, dims: tensor.dims };
}
