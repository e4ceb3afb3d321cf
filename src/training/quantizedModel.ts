import { Tensor } from 'onnxruntime-node';
import { encodeOnnx } from '../model/onnx/encode.ts';
import { quantizeModel } from '../model/onnx/quantize.ts';
import type { OnnxModel } from '../model/onnx/graphTypes.ts';
import { createSession } from '../model/session.ts';
import type { Batch } from './sequenceBatches.ts';
import { scoreModel } from './devScore.ts';
import { inferenceGraph } from './inferenceGraph.ts';
import type { TrainHooks } from './trainOptions.ts';
import type { Setup } from './setup.ts';
import type { Trainer } from './trainer.ts';

/** A model with 8-bit weights, and its score. */
export interface QuantizedModel {
  /** An `.onnx` file. */
  readonly bytes: Uint8Array;
  readonly devF1: number;
}

/**
 * The trainer's model with 8-bit weights. The head stays in fp32, because it is small and its errors would directly
 * affect the result. The embeddings must be settled.
 */
export function quantizedGraph({ config, head, layout, weights, embeddings }: Trainer): OnnxModel {
  const model = inferenceGraph(config, layout, head, weights.values, embeddings.tables);
  return quantizeModel(model, (name) => /^(?:classifier|pooler)\./u.test(name));
}

/** Encodes that model and scores it on the dev part. Throws `CancelledError` once the signal is aborted. */
export async function quantizedModel(
  trainer: Trainer,
  { parts, encoding }: Setup,
  hooks: TrainHooks,
): Promise<QuantizedModel> {
  const bytes = encodeOnnx(quantizedGraph(trainer));
  const session = await createSession(bytes);
  try {
    const logits = async (batch: Batch): Promise<Float32Array> => {
      const results = await session.run(feedsOf(batch, session.inputNames));
      return results['logits']?.data as Float32Array;
    };
    const { dev } = parts;
    const devF1 = await scoreModel(
      { head: trainer.head, logits },
      dev,
      dev.encode(encoding),
      encoding.tokenizer.padId,
      hooks,
    );
    return { bytes, devF1 };
  } finally {
    await session.release();
  }
}

function feedsOf({ sequences, length, ids, attentionMask }: Batch, names: readonly string[]) {
  const all: Readonly<Record<string, BigInt64Array>> = {
    input_ids: BigInt64Array.from(ids, BigInt),
    attention_mask: attentionMask,
    token_type_ids: new BigInt64Array(ids.length),
  };
  return Object.fromEntries(
    names.map((name) => [name, new Tensor('int64', all[name] as BigInt64Array, [sequences, length])]),
  );
}
