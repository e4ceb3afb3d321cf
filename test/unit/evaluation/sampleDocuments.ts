import { createSpan, type Document, type Span, type TextRange } from '../../../src/corpus/document.ts';

export interface TokenRange extends TextRange {
  readonly label: string;
}

/** A document of one sentence of `length` tokens, `w0 w1 w2 ...`, with mentions given as token ranges. */
export function tokenDocument(id: string, length: number, mentions: readonly TokenRange[]): Document {
  const tokens: TextRange[] = [];
  let text = '';
  for (let i = 0; i < length; i++) {
    const start = text === '' ? 0 : text.length + 1;
    text = `${text}${text === '' ? '' : ' '}w${i}`;
    tokens.push({ start, end: text.length });
  }
  const spans = mentions.map(({ start, end, label }, i) => {
    const [first, last] = [tokens[start] as TextRange, tokens[end - 1] as TextRange];
    return createSpan(text, { id: `T${i}`, start: first.start, end: last.end, label, source: 'human' });
  });
  return { ...emptyDocument(id, text), tokens, sentences: [{ start: 0, end: text.length }], spans };
}

/**
 * A document of plain text whose mentions are given by their words; each is looked for from the start of
 * the text.
 */
export function markedDocument(
  id: string,
  text: string,
  mentions: readonly (readonly [words: string, label: string])[],
): Document {
  const spans: Span[] = mentions.map(([words, label], i) => {
    const start = text.indexOf(words);
    return createSpan(text, { id: `T${i}`, start, end: start + words.length, label, source: 'human' });
  });
  return { ...emptyDocument(id, text), spans };
}

function emptyDocument(id: string, text: string): Document {
  return { id, text, spans: [], relations: [], attributes: [], meta: {} };
}
