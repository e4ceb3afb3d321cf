import { batchByLength, betweenBatches } from './batches.ts';
import { loadClassifierModel } from './classifierModel.ts';
import { relationInput } from './relationInput.ts';
import type { RelationInput } from './relationInput.ts';
import { softmax } from './softmax.ts';

interface Classification {
  readonly label: string;
  /** Probability of the label. */
  readonly score: number;
  /** Whether the text was longer than the model can read, and was cut around its mentions. */
  readonly cut: boolean;
}

interface ClassifyHooks {
  readonly signal?: AbortSignal | undefined;
  /** Texts done so far. */
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined;
}

export interface SequenceClassifier {
  readonly labels: readonly string[];
  /** One result a text, in their order. Throws `CancelledError` once the signal is aborted. */
  classify(texts: readonly string[], hooks?: ClassifyHooks): Promise<Classification[]>;
  release(): Promise<void>;
}

/** Texts that are tokenised, sorted by length and run together. */
const textsPerRound = 512;

/** Loads a sequence-classification folder. Throws `UserError` naming the file that is missing or wrong. */
export async function loadSequenceClassifier(folder: string): Promise<SequenceClassifier> {
  const model = await loadClassifierModel(folder, 2);
  const { labels } = model;

  async function classifyRound(
    texts: readonly string[],
    hooks: ClassifyHooks,
    report: (done: number) => void,
  ): Promise<Classification[]> {
    const inputs = texts.map((text) => relationInput(model.tokenizer, text, model.capacity));
    const probabilities = new Float32Array(texts.length * labels.length);
    let done = 0;
    for (const batch of batchByLength(inputs.map(({ ids }) => ids.length))) {
      await betweenBatches(hooks.signal);
      const { data } = await model.run(batch.map((i) => (inputs[i] as RelationInput).ids));
      for (const [row, i] of batch.entries()) {
        softmax(data, row * labels.length, labels.length, probabilities, i * labels.length);
      }
      done += batch.length;
      report(done);
    }
    return inputs.map(({ cut }, i) => {
      const own = probabilities.subarray(i * labels.length, (i + 1) * labels.length);
      const score = Math.max(...own);
      return { label: labels[own.indexOf(score)] as string, score, cut };
    });
  }

  return {
    labels,
    async classify(texts, hooks = {}) {
      const results: Classification[] = [];
      for (let start = 0; start < texts.length; start += textsPerRound) {
        const round = texts.slice(start, start + textsPerRound);
        const classified = await classifyRound(round, hooks, (done) => {
          hooks.onProgress?.({ done: start + done, total: texts.length });
        });
        results.push(...classified);
      }
      await betweenBatches(hooks.signal);
      return results;
    },
    release: () => model.release(),
  };
}
