import { stopEndsSentence } from './abbreviations.ts';
import type { TextRange } from './document.ts';

/** A list item or a section header at the start of a line. */
const lineOpener =
  /^(?:[-*\u2022\u2013+>]\s|\(?\d{1,3}[.)]\s|\(?[A-Za-z][.)]\s|#|[\p{Lu}][\p{L}\p{N} /&()-]{0,40}:)/u;

/** A line that ends like this always continues on the next one. */
const openEnd =
  /(?:[,(/-]|(?:^|\W)(?:the|an?|of|and|or|with|without|to|in|for|by|on|at|from|is|was|were|are|no))$/iu;

const closers = '\'"\u2019\u201d)]\u300d\u300f\uff09';

/** Full stops, exclamation and question marks of Chinese and Japanese; no space follows them. */
const wideStops = '\u3002\uff01\uff1f';

/** Lines with at least this many characters may have been wrapped by an editor. */
const wrappedLine = 50;

/**
 * The sentences of a clinical text, in order, without the white space around them; they contain all other characters.
 * A line end separates sentences unless the line was clearly wrapped. A full stop does unless it belongs to an
 * abbreviation, an initial, a number or the number of a list item.
 */
export function splitSentences(text: string): TextRange[] {
  const sentences: TextRange[] = [];
  let start = skipSpace(text, 0);
  let lineStart = 0;
  for (const { index } of text.matchAll(/[.!?\u2026\u3002\uff01\uff1f\r\n]/gu)) {
    const atLineEnd = text.charAt(index) === '\n' || text.charAt(index) === '\r';
    const insideCrLf = text.charAt(index) === '\n' && text.charAt(index - 1) === '\r';
    const lineLength = index - lineStart;
    if (atLineEnd) lineStart = index + 1;
    if (index < start || insideCrLf) continue;
    const next = atLineEnd ? endOfLine(text, index, lineLength) : endOfPunctuation(text, start, index);
    if (next === undefined) continue;
    pushTrimmed(sentences, text, start, atLineEnd ? index : next.end);
    start = next.start;
  }
  pushTrimmed(sentences, text, start, text.length);
  return sentences;
}

/** Where one sentence ends and the next begins. */
interface Break {
  readonly end: number;
  readonly start: number;
}

function endOfLine(text: string, index: number, lineLength: number): Break | undefined {
  const start = skipSpace(text, index);
  const found = { end: index, start };
  if (lineEnds(text, index, start) > 1) return found;
  const line = text.slice(Math.max(0, index - Math.min(lineLength, 24)), index).trimEnd();
  const next = text.slice(start, start + 60);
  if (/[.!?:;]['"\u2019\u201d)\]]*$/u.test(line) || lineOpener.test(next)) return found;
  if (openEnd.test(line)) return undefined;
  return lineLength >= wrappedLine && /^[\p{Ll}\d(]/u.test(next) ? undefined : found;
}

function lineEnds(text: string, from: number, to: number): number {
  return text.slice(from, to).match(/\r\n|\n|\r/gu)?.length ?? 0;
}

function endOfPunctuation(text: string, start: number, index: number): Break | undefined {
  let end = index + 1;
  while (end < text.length && closers.includes(text.charAt(end))) end++;
  const nextStart = skipSpace(text, end);
  if (wideStops.includes(text.charAt(index))) {
    return wideStops.includes(text.charAt(end)) ? undefined : { end, start: nextStart };
  }
  if (nextStart === end) return undefined;
  const next = text.slice(nextStart, nextStart + 40).replace(/^['"\u2018\u201c([]+/u, '');
  if (next === '' || /^\p{Ll}/u.test(next)) return undefined;
  const found = { end, start: nextStart };
  if (text.charAt(index) !== '.' || text.charAt(index - 1) === '.') return found;
  const lead = text.slice(Math.max(start, index - 40), index);
  if (index - start <= 4 && /^\(?(?:\d{1,3}|[A-Za-z])$/u.test(lead)) return undefined;
  return stopEndsSentence(lastWord(lead), next) ? found : undefined;
}

function lastWord(lead: string): string {
  let start = lead.length;
  while (start > 0 && !isSpace(lead.charCodeAt(start - 1)) && !'([/,;:-'.includes(lead.charAt(start - 1)))
    start--;
  return lead.slice(start);
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** White space as defined by `\s`; false for NaN, the code after the end of a text. */
function isSpace(code: number): boolean {
  return code <= 32
    ? code === 32 || (code >= 9 && code <= 13)
    : code >= 160 && /\s/u.test(String.fromCharCode(code));
}

function pushTrimmed(sentences: TextRange[], text: string, start: number, end: number): void {
  let last = end;
  while (last > start && isSpace(text.charCodeAt(last - 1))) last--;
  if (last > start) sentences.push({ start, end: last });
}
