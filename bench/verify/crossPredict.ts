import path from 'node:path';
import { type Document, plainDocument } from '../../src/corpus/document.ts';
import { tokenExamples } from '../../src/corpus/examples.ts';
import { microF1 } from '../../src/evaluation/microF1.ts';
import { seededRandom, shuffled } from '../../src/foundation/random.ts';
import { loadTokenClassifier } from '../../src/model/tokenClassifier.ts';
import { fineTune } from '../../src/training/fineTune.ts';

/** Each text as the model sees it that was trained on the half without it. `out` is for the models. */
export async function crossPredict(
  texts: readonly Document[],
  { base, out }: { readonly base: string; readonly out: string },
): Promise<readonly Document[]> {
  const order = shuffled(seededRandom(1), texts);
  const middle = Math.round(order.length / 2);
  const halves = [order.slice(0, middle), order.slice(middle)] as const;
  const predicted: Document[] = [];
  for (const [index, half] of halves.entries()) {
    const folder = path.join(out, `half-${index + 1}`);
    const examples = tokenExamples(halves[1 - index] ?? []);
    await fineTune(
      { base, out: folder, task: 'ner', seed: 1, train: { task: 'ner', examples } },
      { score: microF1 },
    );
    const model = await loadTokenClassifier(folder);
    try {
      predicted.push(...(await model.annotate(half.map(({ id, text }) => plainDocument(id, text)))));
    } finally {
      await model.release();
    }
  }
  return predicted;
}
