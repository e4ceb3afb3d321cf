import { type Random, shuffled } from '../foundation/random.ts';
import { ignoredLabel } from './operators/crossEntropy.ts';

/** One input of the model: token ids from [CLS] to [SEP], with a label for each token or a single label. */
export interface Sequence {
  readonly ids: readonly number[];
  /** Label ids: one per token (`ignoredLabel` if it has none) for a token head, or one for a sequence head. */
  readonly labels: readonly number[];
  /** The weight of each label; 1 if left out. */
  readonly weight?: number;
}

/** Sequences in one row-major array; shorter ones are padded at the end. */
export interface Batch {
  readonly sequences: number;
  readonly length: number;
  /** The number of tokens of each sequence, without padding. */
  readonly lengths: readonly number[];
  /** `[sequences, length]`. */
  readonly ids: Int32Array;
  /** `[sequences, length]`: 1 at tokens, 0 at padding. */
  readonly attentionMask: BigInt64Array;
  /** `[sequences · length]` for a token head, `[sequences]` for a sequence head. */
  readonly labels: BigInt64Array;
  /** The weights of the labels; 0 if a label is ignored. */
  readonly weights: Float32Array;
  /** Sum of the weights of the labels that are not ignored. */
  readonly labelled: number;
}

/** Batches whose sequences are sorted together: enough for similar lengths, few enough to stay random. */
const batchesPerBucket = 32;

/**
 * The batches of one epoch in random order: `size` indices of sequences of similar length each. Each sequence occurs
 * once; one batch may be smaller.
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

/** `labelWeights` has a factor for each label id; all are 1 if left out. */
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
