import { createSpan, type Document, type Source, type Span, type TextRange } from '../document.ts';
import { visibleRange } from '../invisible.ts';
import { isPretokenised, pretokenised } from '../pretokenised.ts';
import { type DroppedSpan, selectFlatSpans } from '../spanSelection.ts';
import { cutAtSpans, type TokenSentence, tokenSentences } from '../tokenisation.ts';
import type { BioFile, BioToken } from './file.ts';
import { chunkMentions } from './mentions.ts';

/** A BIO file as one document: a space separates tokens, a line end sentences, and an empty line texts (-DOCSTART-). */
export function bioToDocument(file: BioFile, id: string, source: Source = 'human'): Document {
  const tokens: TextRange[] = [];
  const sentences: TextRange[] = [];
  const parts: string[] = [];
  let end = 0;
  for (const [index, sentence] of file.sentences.entries()) {
    let separator = index === 0 ? '' : '\n';
    if (index > 0 && sentence.text !== file.sentences[index - 1]?.text) separator = '\n\n';
    const sentenceStart = end + separator.length;
    for (const token of file.tokens.slice(sentence.start, sentence.end)) {
      parts.push(separator, file.source.slice(token.start, token.end));
      const start = end + separator.length;
      end = start + token.end - token.start;
      tokens.push({ start, end });
      separator = ' ';
    }
    sentences.push({ start: sentenceStart, end });
  }
  const text = parts.join('');
  const { spans, withoutBegin } = mentionSpans(file, text, tokens, source);
  const meta =
    withoutBegin.length === 0 ? pretokenised : { ...pretokenised, mentionsWithoutBegin: withoutBegin };
  return { id, text, sentences, tokens, spans, relations: [], attributes: [], meta };
}

/** The mentions, and the IDs of those whose first tag is not `B-` or `S-`, which strict scoring ignores. */
function mentionSpans(
  file: BioFile,
  text: string,
  tokens: readonly TextRange[],
  source: Source,
): { readonly spans: Span[]; readonly withoutBegin: string[] } {
  const spans: Span[] = [];
  const withoutBegin: string[] = [];
  for (const sentence of file.sentences) {
    for (const mention of chunkMentions(file.tokens.slice(sentence.start, sentence.end))) {
      const first = tokens[sentence.start + mention.start] as TextRange;
      const last = tokens[sentence.start + mention.end - 1] as TextRange;
      const id = `T${spans.length + 1}`;
      spans.push(createSpan(text, { id, start: first.start, end: last.end, label: mention.label, source }));
      const { prefix } = file.tokens[sentence.start + mention.start] as BioToken;
      if (prefix !== 'B' && prefix !== 'S') withoutBegin.push(id);
    }
  }
  return { spans, withoutBegin };
}

/**
 * A document as IOB2 lines, `token<TAB>tag`, with an empty line after each sentence. Tags can only represent
 * continuous mentions that do not overlap; other spans are returned in `dropped` with the reason.
 */
export function documentToBio(document: Document): { text: string; dropped: readonly DroppedSpan[] } {
  const { flat: selected, dropped } = selectFlatSpans(document);
  const trim = document.tokens === undefined ? trimInvisible : trimSpan;
  const flat = selected.map((span) => trim(document.text, span));
  const found = tokenSentences(document, flat);
  const sentences = document.tokens === undefined ? cutAtSpans(found, flat) : found;
  const { fitting, misfits } = fitToTokens(document.id, flat, sentences);
  const lines: string[] = [];
  let end = 0;
  let next = 0;
  for (const tokens of sentences) {
    const start = tokens[0]?.start ?? end;
    const newText = isPretokenised(document) && document.text.slice(end, start).includes('\n\n');
    if (newText) lines.push(docstartLines);
    for (const token of tokens) {
      while (next < fitting.length && (fitting[next] as Span).end <= token.start) next++;
      lines.push(tokenLine(document.text, token, fitting[next]));
    }
    lines.push('\n');
    end = tokens.at(-1)?.end ?? start;
  }
  return { text: lines.join(''), dropped: [...dropped, ...misfits] };
}

/** Precedes each text in a file with several. */
export const docstartLines = '-DOCSTART-\tO\n\n';

/** Removes white space at the edges of a span, because it belongs to no token. */
function trimSpan(text: string, span: Span): Span {
  const words = text.slice(span.start, span.end);
  const start = span.end - words.trimStart().length;
  const end = span.start + words.trimEnd().length;
  return start < end && words.trim() !== words ? { ...span, start, end } : span;
}

/** Removes the characters at the edges of a span that are in no word of a text without tokens of its own. */
function trimInvisible(text: string, span: Span): Span {
  return { ...span, ...visibleRange(text, span) };
}

/** Separates the spans that consist of whole tokens of one sentence from the others. */
function fitToTokens(
  document: string,
  spans: readonly Span[],
  sentences: readonly TokenSentence[],
): { fitting: readonly Span[]; misfits: readonly DroppedSpan[] } {
  const starts = new Map<number, number>();
  const ends = new Map<number, number>();
  for (const [index, tokens] of sentences.entries()) {
    for (const token of tokens) {
      starts.set(token.start, index);
      ends.set(token.end, index);
    }
  }
  const fitting: Span[] = [];
  const misfits: DroppedSpan[] = [];
  for (const span of spans) {
    const first = starts.get(span.start);
    const last = ends.get(span.end);
    if (first === undefined || last === undefined) misfits.push({ document, span, reason: 'inside a token' });
    else if (first !== last) misfits.push({ document, span, reason: 'crosses a sentence' });
    else fitting.push(span);
  }
  return { fitting, misfits };
}

/** Replaces white space inside tokens and labels, which would add columns or lines. */
function tokenLine(text: string, token: TextRange, span: Span | undefined): string {
  const word = text.slice(token.start, token.end).replaceAll(/[\t\r\n]/gu, ' ');
  if (span === undefined || span.start >= token.end) return `${word}\tO\n`;
  const prefix = span.start === token.start ? 'B' : 'I';
  return `${word}\t${prefix}-${span.label.replaceAll(/\s+/gu, '_')}\n`;
}
