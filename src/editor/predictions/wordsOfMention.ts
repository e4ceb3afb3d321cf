import type { TextRange } from '../../corpus/document.ts';
import { splitSentences } from '../../corpus/sentences.ts';
import { splitWords } from '../../corpus/words.ts';

/** The indices of a mention's words in its sentence, end exclusive. */
export function wordsOfMention(text: string, mention: TextRange): TextRange {
  const sentence = splitSentences(text).findLast(({ start }) => start <= mention.start);
  const words = splitWords(text, { start: sentence?.start ?? 0, end: mention.end });
  const start = words.findIndex(({ end }) => end > mention.start);
  return { start: Math.max(0, start), end: words.length };
}
