import type { Document, TextRange } from '../corpus/document.ts';
import { tokenSentences } from '../corpus/tokenisation.ts';
import type { ClassifierModel } from './classifierModel.ts';
import { sentenceWindows } from './windows.ts';

/** A sentence on its way through the model: what it reads, and what it said so far. */
export interface SentenceWork {
  /** UTF-16 ranges of the document's text. */
  readonly words: readonly TextRange[];
  readonly rows: readonly SentenceRow[];
  /** `[words, labels]`, row-major; filled in as the rows run. */
  readonly probabilities: Float32Array;
}

/** One input of the model: a window of a sentence. */
interface SentenceRow {
  /** Token ids without [CLS] and [SEP]. */
  readonly ids: readonly number[];
  /** The words to take from this row, each with the place in `ids` of its first token. */
  readonly uses: readonly { readonly word: number; readonly place: number }[];
}

/** The sentences of a document, as rows of at most the model's length. */
export function sentenceWork(document: Document, model: ClassifierModel): SentenceWork[] {
  return tokenSentences(document, []).map((words) => ({
    words,
    rows: sentenceRows(
      words.map(({ start, end }) => document.text.slice(start, end)),
      model,
    ),
    probabilities: new Float32Array(words.length * model.labels.length),
  }));
}

function sentenceRows(words: readonly string[], { tokenizer, capacity }: ClassifierModel): SentenceRow[] {
  const { ids, wordIndex } = tokenizer.encodeWords(words);
  const firstTokens: number[] = [];
  for (const [token, word] of wordIndex.entries()) firstTokens[word] ??= token;
  firstTokens.push(ids.length);
  const counts = words.map((_, i) => (firstTokens[i + 1] as number) - (firstTokens[i] as number));
  return sentenceWindows(counts, capacity).map(({ start, end, useStart, useEnd }) => {
    const from = firstTokens[start] as number;
    const uses = Array.from({ length: useEnd - useStart }, (_, i) => {
      const word = useStart + i;
      return { word, place: (firstTokens[word] as number) - from };
    });
    // Only a word longer than the model, alone in its window, loses tokens, and none that gives its label.
    return { ids: ids.slice(from, Math.min(firstTokens[end] as number, from + capacity)), uses };
  });
}
