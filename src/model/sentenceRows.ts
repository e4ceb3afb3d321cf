import type { Document, TextRange } from '../corpus/document.ts';
import { isReadable } from '../corpus/invisible.ts';
import { tokenSentences } from '../corpus/tokenisation.ts';
import type { ClassifierModel } from './classifierModel.ts';
import type { Tokenizer } from './tokenizer/types.ts';
import { sentenceWindows } from './windows.ts';

/** A sentence with its inputs and outputs of the model. */
export interface SentenceWork {
  /** UTF-16 ranges of the document's text. Tokens of the document that cannot be seen are left out. */
  readonly words: readonly TextRange[];
  readonly rows: readonly SentenceRow[];
  /** `[words, labels]`, row-major; filled in as the rows run. */
  readonly probabilities: Float32Array;
}

/** One input of the model: a window of a sentence. */
export interface SentenceRow {
  /** Token ids without [CLS] and [SEP]. */
  readonly ids: readonly number[];
  /** The words whose labels are taken from this row, each with the index of its first token in `ids`. */
  readonly uses: readonly { readonly word: number; readonly place: number }[];
}

/** The sentences of a document, cut into rows that fit the model. */
export function sentenceWork(document: Document, model: ClassifierModel): SentenceWork[] {
  const wordAt = ({ start, end }: TextRange): string => document.text.slice(start, end);
  return tokenSentences(document, []).flatMap((tokens) => {
    const words = tokens.filter((token) => isReadable(wordAt(token)));
    if (words.length === 0) return [];
    const rows = sentenceRows(words.map(wordAt), model.tokenizer, model.capacity);
    return [{ words, rows, probabilities: new Float32Array(words.length * model.labels.length) }];
  });
}

/**
 * The windows of a sentence as rows of at most `capacity` token ids. Training and annotation both use this function.
 */
export function sentenceRows(
  words: readonly string[],
  tokenizer: Tokenizer,
  capacity: number,
): SentenceRow[] {
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
    // Only a word of more than `capacity` tokens is cut, never its first token, which gives its label.
    return { ids: ids.slice(from, Math.min(firstTokens[end] as number, from + capacity)), uses };
  });
}
