import type { Document, Span, TextRange } from './document.ts';
import { textNumbers } from './pretokenised.ts';
import { selectFlatSpans } from './spanSelection.ts';
import { type TokenSentence, tokenSentences } from './tokenisation.ts';

/** One sentence as a tagging model sees it. Each of the three lists has one item per word. */
export interface TokenExample {
  /**
   * The document's ID. If the document has several texts (a BIO file with -DOCSTART- lines), `#` and the number of the
   * text follow, so that data can be split without dividing a text.
   */
  readonly documentId: string;
  readonly words: readonly string[];
  /** UTF-16 ranges of the document's text. */
  readonly ranges: readonly TextRange[];
  /** IOB2. */
  readonly tags: readonly string[];
}

/**
 * The sentences of documents with their words and IOB2 tags. A word that is only partly covered by a span belongs to the
 * span. Of nested spans, only the outermost is tagged. Discontinuous spans are left out.
 */
export function tokenExamples(documents: readonly Document[]): TokenExample[] {
  return documents.flatMap((document) => {
    const { flat } = selectFlatSpans(document);
    const sentences = tokenSentences(document, flat);
    const ids = textIds(document, sentences);
    const tags = tagger(flat);
    return sentences.map((ranges, index) => ({
      documentId: ids[index] ?? document.id,
      words: ranges.map(({ start, end }) => document.text.slice(start, end)),
      ranges,
      tags: ranges.map(tags),
    }));
  });
}

/** Returns a function that gives the tag of each token; it must be called in text order. */
function tagger(spans: readonly Span[]): (token: TextRange) => string {
  let next = 0;
  let begun = -1;
  return (token) => {
    while (next < spans.length && (spans[next] as Span).end <= token.start) next++;
    const span = spans[next];
    if (span === undefined || span.start >= token.end) return 'O';
    const prefix = begun === next ? 'I' : 'B';
    begun = next;
    return `${prefix}-${span.label}`;
  };
}

function textIds(document: Document, sentences: readonly TokenSentence[]): string[] {
  const numbers = textNumbers(document, sentences);
  const isSeveral = numbers.at(-1) !== numbers[0];
  return numbers.map((number) => (isSeveral ? `${document.id}#${number}` : document.id));
}
