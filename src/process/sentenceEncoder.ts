import { Tensor } from 'onnxruntime-node';
import { seededRandom } from '../foundation/random.ts';
import { batchByLength, betweenBatches } from '../model/lengthBatches.ts';
import { readModelConfig } from '../model/folder.ts';
import { encodeOnnx } from '../model/onnx/encode.ts';
import { createSession } from '../model/session.ts';
import { loadTokenizer } from '../model/tokenizer/tokenizer.ts';
import { checkCheckpoint, loadCheckpoint } from '../training/checkpoint.ts';
import { type EmbeddingTables, encoderGraph } from '../training/inferenceGraph.ts';
import { layoutParameters } from '../training/parameters.ts';

/** The most tokens of a sentence that are read, as in sentence-transformers with the shipped encoder. */
const mostTokens = 256;

interface Hooks {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

interface SentenceEncoder {
  /** The number of floats in an embedding. */
  readonly width: number;
  /**
   * The mean of the last hidden states of a text's tokens, [CLS] and [SEP] included, scaled to length 1
   * (Reimers and Gurevych 2019, arXiv:1908.10084): `[texts, width]`. Tokens past the 256th are left out.
   */
  embed(texts: readonly string[], hooks?: Hooks): Promise<Float32Array>;
  release(): Promise<void>;
}

/** Loads the weights of a base encoder, whose folder has no graph. Throws `UserError`. */
export async function loadSentenceEncoder(folder: string): Promise<SentenceEncoder> {
  const config = await readModelConfig(folder);
  const tokenizer = await loadTokenizer(folder);
  await checkCheckpoint(folder, config);
  const { hiddenSize: width, firstPosition, maxPositions } = config;
  const tables: EmbeddingTables = {
    word: new Float32Array(config.vocabSize * width),
    position: new Float32Array((firstPosition + maxPositions) * width),
    tokenType: new Float32Array(config.typeVocabSize * width),
  };
  // The graph ends before the head, which is never run.
  const layout = layoutParameters(config, { kind: 'tokens', labels: 1 });
  const values = new Float32Array(layout.size);
  await loadCheckpoint(folder, config, { layout, values, tables }, seededRandom(0));

  const session = await createSession(encodeOnnx(encoderGraph(config, layout, values, tables)));
  const capacity = Math.min(mostTokens, maxPositions) - 2;

  return {
    width,
    async embed(texts, { signal, onProgress } = {}) {
      const rows = texts.map((text) => {
        const { ids } = tokenizer.encode(text);
        return [tokenizer.clsId, ...ids.slice(0, capacity), tokenizer.sepId];
      });
      const result = new Float32Array(texts.length * width);
      let done = 0;
      for (const batch of batchByLength(rows.map((row) => row.length))) {
        await betweenBatches(signal);
        const inputs = batch.map((index) => rows[index] as number[]);
        const length = Math.max(...inputs.map((row) => row.length));
        const shape = [inputs.length, length];
        const ids = new BigInt64Array(inputs.length * length);
        const mask = new BigInt64Array(inputs.length * length);
        for (const [i, row] of inputs.entries()) {
          ids.set(row.map(BigInt), i * length);
          mask.fill(1n, i * length, i * length + row.length);
        }
        const { hidden } = await session.run({
          input_ids: new Tensor('int64', ids, shape),
          attention_mask: new Tensor('int64', mask, shape),
          ...(config.family === 'bert'
            ? { token_type_ids: new Tensor('int64', new BigInt64Array(inputs.length * length), shape) }
            : {}),
        });
        const states = hidden?.data as Float32Array;
        for (const [i, index] of batch.entries()) {
          const from = i * length * width;
          const tokens = (inputs[i] as number[]).length;
          const target = result.subarray(index * width, (index + 1) * width);
          meanDirection(states.subarray(from, from + tokens * width), target);
        }
        done += batch.length;
        onProgress?.({ done, total: texts.length });
      }
      return result;
    },
    release: () => session.release(),
  };
}

/** The mean of rows that are as long as `target`, scaled to length 1. */
function meanDirection(rows: Float32Array, target: Float32Array): void {
  const width = target.length;
  for (let at = 0; at < rows.length; at++) {
    target[at % width] = (target[at % width] ?? 0) + (rows[at] ?? 0);
  }
  const length = Math.sqrt(target.reduce((sum, value) => sum + value * value, 0));
  for (let i = 0; i < width; i++) target[i] = (target[i] ?? 0) / (length === 0 ? 1 : length);
}
