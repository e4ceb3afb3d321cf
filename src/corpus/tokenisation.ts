import type { Document, TextRange } from './document.ts';
import { splitSentences } from './sentences.ts';
import { splitWords } from './words.ts';

/** The token ranges of one sentence; never empty. */
export type TokenSentence = readonly TextRange[];

/**
 * The tokens of a document by sentence. The document's own tokens and sentences are used if it has them. Otherwise the
 * text is split, ignoring sentence ends inside `spans` (which must be in text order).
 */
export function tokenSentences(document: Document, spans: readonly TextRange[]): TokenSentence[] {
  const sentences = document.sentences ?? joinCrossed(splitSentences(document.text), spans);
  if (document.tokens === undefined) {
    return sentences
      .map((sentence) => splitWords(document.text, sentence))
      .filter((words) => words.length > 0);
  }
  return groupTokens(document.tokens, sentences);
}

/** Splits tokens at the edges of `spans` (in text order), so that each span consists of whole tokens. */
export function cutAtSpans(
  sentences: readonly TokenSentence[],
  spans: readonly TextRange[],
): readonly TokenSentence[] {
  const edges = spans.flatMap(({ start, end }) => [start, end]);
  let next = 0;
  return sentences.map((tokens) => {
    const cut: TextRange[] = [];
    for (const token of tokens) {
      let { start } = token;
      while (next < edges.length && (edges[next] as number) <= start) next++;
      while (next < edges.length && (edges[next] as number) < token.end) {
        const edge = edges[next] as number;
        if (edge > start) cut.push({ start, end: edge });
        start = edge;
        next++;
      }
      cut.push({ start, end: token.end });
    }
    return cut;
  });
}

/** Joins sentences whose boundary is inside one of `spans` (in text order). */
export function joinCrossed(sentences: readonly TextRange[], spans: readonly TextRange[]): TextRange[] {
  const joined: TextRange[] = [];
  let next = 0;
  for (const sentence of sentences) {
    const previous = joined.at(-1);
    while (next < spans.length && (spans[next] as TextRange).end <= sentence.start) next++;
    const span = spans[next];
    if (previous !== undefined && span !== undefined && span.start < previous.end) {
      joined[joined.length - 1] = { start: previous.start, end: sentence.end };
    } else {
      joined.push(sentence);
    }
  }
  return joined;
}

/** Assigns each token to the first sentence that ends after the token begins, and all remaining tokens to the last. */
function groupTokens(tokens: readonly TextRange[], sentences: readonly TextRange[]): TokenSentence[] {
  const groups: TextRange[][] = [];
  let current: TextRange[] = [];
  let sentence = 0;
  const close = (): void => {
    if (current.length > 0) groups.push(current);
    current = [];
  };
  for (const token of tokens) {
    while (sentence < sentences.length - 1 && (sentences[sentence] as TextRange).end <= token.start) {
      sentence++;
      close();
    }
    current.push(token);
  }
  close();
  return groups;
}
