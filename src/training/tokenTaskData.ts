import type { TextRange } from '../corpus/document.ts';
import { isReadable } from '../corpus/invisible.ts';
import { UserError } from '../foundation/userError.ts';
import { labelScheme } from '../model/labelScheme.ts';
import { type SentenceRow, sentenceRows } from '../model/sentenceRows.ts';
import { softmax } from '../model/softmax.ts';
import { bestLabels } from '../model/viterbi.ts';
import type { Sequence } from './sequenceBatches.ts';
import type { WeightedExample } from './trainOptions.ts';
import { ignoredLabel } from './operators/crossEntropy.ts';
import type { EncodedData, Encoding, TaskData } from './task.ts';

const outside = 'O';

/** Named-entity recognition: each word has a tag, which its first token learns. */
export function tokenTaskData(examples: readonly WeightedExample[]): TaskData {
  // A sentence without words cannot be run.
  const filled = examples.map(readableWords).filter(({ words }) => words.length > 0);
  return {
    head: 'tokens',
    groups: filled.map(({ documentId }) => documentId),
    gold: filled.map(({ tags }) => tags),
    labels: () => tokenLabels(filled),
    select: (places) => tokenTaskData(places.map((place) => filled[place] as WeightedExample)),
    encode: (encoding) => encodeTokens(filled, encoding),
    text: (place) => filled[place]?.words.join(' ') ?? '',
    line: (place) => JSON.stringify([filled[place]?.words, filled[place]?.tags]),
  };
}

/** Leaves out the words that cannot be seen, as annotation does. A mention that began with one begins with the next. */
function readableWords(example: WeightedExample): WeightedExample {
  if (example.words.every(isReadable)) return example;
  const words: string[] = [];
  const tags: string[] = [];
  const ranges: TextRange[] = [];
  let begun = false;
  for (const [index, word] of example.words.entries()) {
    const tag = example.tags[index] as string;
    if (tag.startsWith('B-')) begun = true;
    if (!isReadable(word)) continue;
    words.push(word);
    tags.push(begun && tag.startsWith('I-') ? `B-${tag.slice(2)}` : tag);
    ranges.push(example.ranges[index] as TextRange);
    begun = false;
  }
  return { ...example, words, tags, ranges };
}

/** `O`, then `B-` and `I-` of every type in alphabetical order. */
function tokenLabels(examples: readonly WeightedExample[]): string[] {
  if (examples.length === 0) {
    throw new UserError('The training data contains no sentences.', {
      nextStep: 'Choose a file with labelled sentences.',
    });
  }
  const tags = new Set(examples.flatMap((example) => example.tags));
  const types = new Set([...tags].flatMap((tag) => (tag === outside ? [] : [tag.slice(2)])));
  if (types.size === 0) {
    throw new UserError('No word of the training data is labelled: every tag is O.', {
      nextStep: 'Label some mentions, or choose another file.',
    });
  }
  return [outside, ...[...types].sort().flatMap((type) => [`B-${type}`, `I-${type}`])];
}

/** A window of a sentence. */
interface TokenSequence extends Sequence, Pick<SentenceRow, 'uses'> {
  readonly example: number;
}

function encodeTokens(examples: readonly WeightedExample[], encoding: Encoding): EncodedData {
  const { labels } = encoding;
  const ids = new Map(labels.map((label, id) => [label, id]));
  const sequences = examples.flatMap((example, index) => windowsOf(example, index, encoding, ids));
  const probabilities = examples.map(({ words }) => new Float32Array(words.length * labels.length));
  const scheme = labelScheme(labels);
  return {
    sequences,
    collect(index, logits) {
      const { example, uses } = sequences[index] as TokenSequence;
      const target = probabilities[example] as Float32Array;
      for (const { word, place } of uses) {
        // Index 0 of a sequence is [CLS].
        softmax(logits, (place + 1) * labels.length, labels.length, target, word * labels.length);
      }
    },
    tags: () => probabilities.map((rows) => bestLabels(rows, scheme).map((id) => labels[id] as string)),
  };
}

/** A sentence as one sequence, or as several that overlap if it is too long; each word is learnt once. */
function windowsOf(
  { words, tags, weight = 1 }: WeightedExample,
  example: number,
  { tokenizer, capacity }: Encoding,
  labelIds: ReadonlyMap<string, number>,
): TokenSequence[] {
  return sentenceRows(words, tokenizer, capacity).map(({ ids, uses }) => {
    const labels = Array.from({ length: ids.length + 2 }, () => ignoredLabel);
    for (const { word, place } of uses) {
      labels[place + 1] = labelIds.get(tags[word] as string) ?? ignoredLabel;
    }
    return { ids: [tokenizer.clsId, ...ids, tokenizer.sepId], labels, weight, example, uses };
  });
}
