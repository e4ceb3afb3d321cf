import { type Random, shuffled } from '../foundation/random.ts';
import { ignoredLabel } from './operators/crossEntropy.ts';

/** One input of the model: token ids from [CLS] to [SEP], with a label a token or a single one. */
export interface Sequence {
  readonly ids: readonly number[];
  /** Label ids: as many as `ids` (token head, `ignoredLabel` where none), or one (sequence head). */
  readonly labels: readonly number[];
  /** How much each label counts; 1 when left out. */
  readonly weight?: number;
}

/** Sequences side by side, row-major; shorter ones are padded at the end. */
export interface Batch {
  readonly sequences: number;
  readonly length: number;
  /** Tokens of each sequence, padding not counted. */
  readonly lengths: readonly number[];
  /** `[sequences, length]`. */
  readonly ids: Int32Array;
  /** `[sequences, length]`: 1 at tokens, 0 at padding. */
  readonly attentionMask: BigInt64Array;
  /** `[sequences · length]` for a token head, `[sequences]` for a sequence head. */
  readonly labels: BigInt64Array;
  /** By label: how much it counts; 0 where it is ignored. */
  readonly weights: Float32Array;
  /** Sum of the weights of the labels that are not ignored. */
  readonly labelled: number;
}

/** Batches whose sequences are sorted together: enough for like lengths, few enough to stay random. */
const batchesPerBucket = 32;

/**
 * One epoch's order: batches of `size` indices of sequences of like length, in random order. Each sequence
 * comes once; the last batch may be smaller.
 */
export function epochBatches(lengths: readonly number[], size: number, random: Random): number[][] {
  const order = shuffled(
    random,
    lengths.map((_, index) => index),
  );
  const batches: number[][] = [];
  for (let start = 0; start < order.length; start += size * batchesPerBucket) {
    const bucket = order.slice(start, start + size * batchesPerBucket);
    bucket.sort((a, b) => (lengths[a] as number) - (lengths[b] as number));
    for (let first = 0; first < bucket.length; first += size) batches.push(bucket.slice(first, first + size));
  }
  return shuffled(random, batches);
}

/** How many batches an epoch has. */
export function countBatches(sequences: number, size: number): number {
  return Math.ceil(sequences / size);
}

/** Puts sequences side by side. `labelWeights` has a factor for each label id; all are 1 when left out. */
export function makeBatch(
  sequences: readonly Sequence[],
  head: 'tokens' | 'sequence',
  padId: number,
  labelWeights: readonly number[] = [],
): Batch {
  const lengths = sequences.map(({ ids }) => ids.length);
  const length = Math.max(...lengths);
  const ids = new Int32Array(sequences.length * length).fill(padId);
  const attentionMask = new BigInt64Array(ids.length);
  const labels = new BigInt64Array(head === 'tokens' ? ids.length : sequences.length).fill(
    BigInt(ignoredLabel),
  );
  const weights = new Float32Array(labels.length);
  const labelsPerSequence = labels.length / sequences.length;
  let labelled = 0;
  for (const [i, sequence] of sequences.entries()) {
    ids.set(sequence.ids, i * length);
    attentionMask.fill(1n, i * length, i * length + sequence.ids.length);
    const { weight = 1 } = sequence;
    for (const [j, label] of sequence.labels.entries()) {
      labels[i * labelsPerSequence + j] = BigInt(label);
      if (label === ignoredLabel) continue;
      const counts = weight * (labelWeights[label] ?? 1);
      weights[i * labelsPerSequence + j] = counts;
      labelled += counts;
    }
  }
  return { sequences: sequences.length, length, lengths, ids, attentionMask, labels, weights, labelled };
}
