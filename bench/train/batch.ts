import { randomInteger, type Random } from '../../src/foundation/random.ts';
import type { Shape } from './shapes.ts';

/** Of the heads that are timed. */
export const labelCount = 3;

/** Of the loss: [CLS] and [SEP] have none. */
const ignored = -100;

/** Token ids and label ids of sequences, all of one length. */
export interface PlainBatch {
  readonly ids: readonly (readonly number[])[];
  readonly labels: readonly (readonly number[])[];
}

/** A batch of random tokens and labels, the same for both sides. */
export function randomBatch({ sequences, length, config }: Shape, random: Random): PlainBatch {
  const rows = (draw: (place: number) => number): number[][] =>
    Array.from({ length: sequences }, () => Array.from({ length }, (_, place) => draw(place)));
  return {
    ids: rows(() => randomInteger(random, config.vocabSize)),
    labels: rows((place) =>
      place === 0 || place === length - 1 ? ignored : randomInteger(random, labelCount),
    ),
  };
}
