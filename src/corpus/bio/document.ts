import { createSpan, type Document, type Source, type Span, type TextRange } from '../document.ts';
import { visibleRange } from '../invisible.ts';
import { isPretokenised, pretokenised } from '../pretokenised.ts';
import { type DroppedSpan, selectFlatSpans } from '../spanSelection.ts';
import { cutAtSpans, type TokenSentence, tokenSentences } from '../tokenisation.ts';
import type { BioFile } from './file.ts';
import { looseMeta } from './looseMentions.ts';
import { chunkMentions } from './mentions.ts';
import { type BioScheme, isStrict } from './scheme.ts';

interface DocumentOptions {
  readonly source?: Source;
  /** The scheme whose rules mentions should follow; the file's own if absent. */
  readonly scheme?: BioScheme | undefined;
}

/** The documents of a BIO file: one for each text (see -DOCSTART-), with the IDs `id-1`, `id-2` ... if there are several. */
export function bioToDocuments(file: BioFile, id: string, options: DocumentOptions = {}): Document[] {
  const groups = Map.groupBy(file.sentences, ({ text }) => text);
  if (groups.size <= 1) return [bioToDocument(file, id, options)];
  return [...groups.values()].map((sentences, index) =>
    bioToDocument({ ...file, sentences }, `${id}-${index + 1}`, options),
  );
}

/**
 * A BIO file as one document: a space separates tokens, a line end sentences, and an empty line texts (-DOCSTART-). The
 * IDs of mentions that do not follow their scheme are in `meta` (see `looseMentions`).
 */
export function bioToDocument(
  file: BioFile,
  id: string,
  { source = 'human', scheme = file.scheme }: DocumentOptions = {},
): Document {
  const tokens: TextRange[] = [];
  const sentences: TextRange[] = [];
  const parts: string[] = [];
  const spans: Span[] = [];
  const loose: string[] = [];
  let end = 0;
  for (const [index, sentence] of file.sentences.entries()) {
    let separator = index === 0 ? '' : '\n';
    if (index > 0 && sentence.text !== file.sentences[index - 1]?.text) separator = '\n\n';
    const sentenceStart = end + separator.length;
    const lines = file.tokens.slice(sentence.start, sentence.end);
    const before = tokens.length;
    for (const token of lines) {
      parts.push(separator, file.source.slice(token.start, token.end));
      const start = end + separator.length;
      end = start + token.end - token.start;
      tokens.push({ start, end });
      separator = ' ';
    }
    sentences.push({ start: sentenceStart, end });
    for (const mention of chunkMentions(lines)) {
      const { start } = tokens[before + mention.start] as TextRange;
      const last = tokens[before + mention.end - 1] as TextRange;
      const span = { id: `T${spans.length + 1}`, start, end: last.end, label: mention.label, source };
      spans.push(span);
      if (!isStrict(lines.slice(mention.start, mention.end), scheme)) loose.push(span.id);
    }
  }
  const text = parts.join('');
  return {
    id,
    text,
    sentences,
    tokens,
    spans: spans.map((span) => createSpan(text, span)),
    relations: [],
    attributes: [],
    meta: { ...pretokenised, ...looseMeta(loose) },
  };
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
