import { UserError } from '../foundation/userError.ts';
import { labelScheme } from '../model/labelScheme.ts';
import { softmax } from '../model/softmax.ts';
import { bestLabels } from '../model/viterbi.ts';
import { sentenceWindows } from '../model/windows.ts';
import type { Sequence } from './sequenceBatches.ts';
import type { WeightedExample } from './trainOptions.ts';
import { ignoredLabel } from './operators/crossEntropy.ts';
import type { EncodedData, Encoding, TaskData } from './task.ts';

const outside = 'O';

/** Named-entity recognition: each word has a tag, which its first token learns. */
export function tokenTaskData(examples: readonly WeightedExample[]): TaskData {
  // A sentence without words teaches nothing and cannot be run.
  const filled = examples.filter(({ words }) => words.length > 0);
  return {
    head: 'tokens',
    groups: filled.map(({ documentId }) => documentId),
    gold: filled.map(({ tags }) => tags),
    labels: () => tokenLabels(filled),
    select: (places) => tokenTaskData(places.map((place) => filled[place] as WeightedExample)),
    encode: (encoding) => encodeTokens(filled, encoding),
    line: (place) => JSON.stringify([filled[place]?.words, filled[place]?.tags]),
  };
}

/** `O`, then `B-` and `I-` of every type in alphabetical order. */
function tokenLabels(examples: readonly WeightedExample[]): string[] {
  if (examples.length === 0) {
    throw new UserError('The training data holds no sentences.', {
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

/** A window of a sentence; `uses` are the words that take their tag from it, with their place among `ids`. */
interface TokenSequence extends Sequence {
  readonly example: number;
  readonly uses: readonly { readonly word: number; readonly place: number }[];
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
        softmax(logits, place * labels.length, labels.length, target, word * labels.length);
      }
    },
    tags: () => probabilities.map((rows) => bestLabels(rows, scheme).map((id) => labels[id] as string)),
  };
}

/** A sentence as one sequence, or several that overlap when it is too long; each word is learnt once. */
function windowsOf(
  { words, tags, weight = 1 }: WeightedExample,
  example: number,
  { tokenizer, capacity }: Encoding,
  labelIds: ReadonlyMap<string, number>,
): TokenSequence[] {
  const { ids, wordIndex } = tokenizer.encodeWords(words);
  const firstTokens: number[] = [];
  for (const [token, word] of wordIndex.entries()) firstTokens[word] ??= token;
  firstTokens.push(ids.length);
  const counts = words.map((_, word) => (firstTokens[word + 1] as number) - (firstTokens[word] as number));
  return sentenceWindows(counts, capacity).map(({ start, end, useStart, useEnd }) => {
    const from = firstTokens[start] as number;
    const own = ids.slice(from, Math.min(firstTokens[end] as number, from + capacity));
    const uses = Array.from({ length: useEnd - useStart }, (_, i) => ({
      word: useStart + i,
      place: 1 + (firstTokens[useStart + i] as number) - from,
    }));
    const labels = Array.from({ length: own.length + 2 }, () => ignoredLabel);
    for (const { word, place } of uses) {
      labels[place] = labelIds.get(tags[word] as string) ?? ignoredLabel;
    }
    return { ids: [tokenizer.clsId, ...own, tokenizer.sepId], labels, weight, example, uses };
  });
}
