import type { RelationRow } from '../corpus/relationRows.ts';
import { batchByLength, betweenBatches } from './lengthBatches.ts';
import { loadClassifierModel } from './classifierModel.ts';
import type { Precision } from './folder.ts';
import { relationInput, type RelationTokens } from './relationInput.ts';
import { softmax } from './softmax.ts';

export interface Classification {
  readonly label: string;
  /** Probability of the label. */
  readonly score: number;
  /** By label, in the order of the labels. */
  readonly probabilities: Float32Array;
  /** Whether the text was longer than the model can read, and was cut around its mentions. */
  readonly cut: boolean;
}

type ClassifiedRow = Pick<RelationRow, 'text' | 'ends'>;

interface ClassifyHooks {
  readonly signal?: AbortSignal | undefined;
  /** Rows done so far. */
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined;
}

export interface SequenceClassifier {
  readonly labels: readonly string[];
  /** One result per row, in order. Throws `CancelledError` once the signal is aborted. */
  classify(rows: readonly ClassifiedRow[], hooks?: ClassifyHooks): Promise<Classification[]>;
  release(): Promise<void>;
}

/** Rows to tokenise, sort by length and run together. */
const rowsPerRound = 512;

/** Loads the folder of a sequence-classification model. Throws `UserError` with the file that is missing or broken. */
export async function loadSequenceClassifier(
  folder: string,
  precision?: Precision,
): Promise<SequenceClassifier> {
  const model = await loadClassifierModel(folder, 2, precision);
  const { labels } = model;

  async function classifyRound(
    rows: readonly ClassifiedRow[],
    hooks: ClassifyHooks,
    report: (done: number) => void,
  ): Promise<Classification[]> {
    const inputs = rows.map((row) => relationInput(model.tokenizer, row, model.capacity));
    const probabilities = new Float32Array(rows.length * labels.length);
    let done = 0;
    for (const batch of batchByLength(inputs.map(({ ids }) => ids.length))) {
      await betweenBatches(hooks.signal);
      const { data } = await model.run(batch.map((i) => (inputs[i] as RelationTokens).ids));
      for (const [row, i] of batch.entries()) {
        softmax(data, row * labels.length, labels.length, probabilities, i * labels.length);
      }
      done += batch.length;
      report(done);
    }
    return inputs.map(({ cut }, i) => {
      const own = probabilities.subarray(i * labels.length, (i + 1) * labels.length);
      const score = Math.max(...own);
      return { label: labels[own.indexOf(score)] as string, score, probabilities: own, cut };
    });
  }

  return {
    labels,
    async classify(rows, hooks = {}) {
      const results: Classification[] = [];
      for (let start = 0; start < rows.length; start += rowsPerRound) {
        const round = rows.slice(start, start + rowsPerRound);
        const classified = await classifyRound(round, hooks, (done) => {
          hooks.onProgress?.({ done: start + done, total: rows.length });
        });
        results.push(...classified);
      }
      await betweenBatches(hooks.signal);
      return results;
    },
    release: () => model.release(),
  };
}
