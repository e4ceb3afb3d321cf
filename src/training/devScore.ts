import { batchByLength, betweenBatches } from '../model/lengthBatches.ts';
import { makeBatch, type Sequence } from './sequenceBatches.ts';
import type { EncodedData, TaskData } from './task.ts';
import type { TrainHooks } from './trainOptions.ts';
import type { Trainer } from './trainer.ts';

/** Scores the current state of a model on labelled data. Throws `CancelledError` once the signal is aborted. */
export async function scoreModel(
  model: Pick<Trainer, 'head' | 'logits'>,
  data: TaskData,
  encoded: EncodedData,
  padId: number,
  hooks: Pick<TrainHooks, 'signal' | 'score'>,
): Promise<number> {
  const { sequences } = encoded;
  for (const places of batchByLength(sequences.map(({ ids }) => ids.length))) {
    await betweenBatches(hooks.signal);
    const batch = makeBatch(
      places.map((place) => sequences[place] as Sequence),
      model.head.kind,
      padId,
    );
    const logits = await model.logits(batch);
    const perSequence = logits.length / places.length;
    for (const [row, place] of places.entries()) {
      encoded.collect(place, logits.subarray(row * perSequence, (row + 1) * perSequence));
    }
  }
  return hooks.score(data.gold, encoded.tags());
}
