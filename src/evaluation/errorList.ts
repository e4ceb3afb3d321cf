import { lineIndex } from '../corpus/lines.ts';
import type { Alignment } from './align.ts';
import type { Mention } from './mention.ts';
import type { ErrorKind, MarkedText, ReportError } from './report.ts';
import type { ScoredText } from './scoredText.ts';

const contextReach = 120;
const lastWordsPattern = /(?:\S+\s+){0,5}\S*\s*$/u;
const firstWordsPattern = /^\s*\S*(?:\s+\S+){0,5}/u;
const longestMention = 160;

export interface ErrorList {
  readonly errors: readonly ReportError[];
  readonly leftOut: number;
}

/** An error not yet written out: writing needs the text, and only those kept are written. */
interface Disagreement {
  readonly kind: ErrorKind;
  readonly text: ScoredText;
  readonly alignment: Alignment;
}

/** The errors of all texts in order, at most `most` of them and each kind with a fair share of the room. */
export function listErrors(texts: readonly ScoredText[], most: number): ErrorList {
  const all: Disagreement[] = texts.flatMap((text) =>
    text.alignments.flatMap((alignment) =>
      alignment.kind === 'correct' ? [] : [{ kind: alignment.kind, text, alignment }],
    ),
  );
  const kept = fairShare(all, most);
  const lineOf = new Map<ScoredText, (offset: number) => number>();
  const errors = kept.map(({ kind, text, alignment }) => {
    const lines = lineOf.get(text) ?? lineIndex(text.text);
    lineOf.set(text, lines);
    return describe(kind, text, alignment, lines);
  });
  return { errors, leftOut: all.length - kept.length };
}

/** Of more than `most` items, the first of each kind so that no kind is crowded out; order is kept. */
export function fairShare<T extends { readonly kind: ErrorKind }>(
  items: readonly T[],
  most: number,
): readonly T[] {
  const ranks = new Map<ErrorKind, number>();
  const ranked = items.map((item, order) => {
    const rank = ranks.get(item.kind) ?? 0;
    ranks.set(item.kind, rank + 1);
    return { item, order, rank };
  });
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

function describe(
  kind: ErrorKind,
  scored: ScoredText,
  { gold, predicted }: Alignment,
  lineOf: (offset: number) => number,
): ReportError {
  const { text, toGold } = scored;
  const marked = (mention: Mention): MarkedText => {
    const { start, end } = toGold(mention);
    const words = oneLine(text.slice(start, end));
    return {
      label: mention.label,
      text: words.length > longestMention ? `${words.slice(0, longestMention)}…` : words,
      ...(mention.score === undefined ? {} : { score: mention.score }),
    };
  };
  const both = [gold, predicted].filter((mention) => mention !== undefined).map(toGold);
  const start = Math.min(...both.map((range) => range.start));
  const end = Math.max(...both.map((range) => range.end));
  return {
    kind,
    document: scored.id,
    line: lineOf(start),
    start,
    end,
    ...(gold === undefined ? {} : { gold: marked(gold) }),
    ...(predicted === undefined ? {} : { predicted: marked(predicted) }),
    ...contextOf(text, start, end),
  };
}

/** A few words of the same line on both sides, with `…` where the line goes on. */
export function contextOf(
  text: string,
  start: number,
  end: number,
): { readonly before: string; readonly after: string } {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const nextBreak = text.indexOf('\n', end);
  const lineEnd = nextBreak === -1 ? text.length : nextBreak;
  const before = text.slice(Math.max(lineStart, start - contextReach), start);
  const after = text.slice(end, Math.min(lineEnd, end + contextReach));
  const lastWords = lastWordsPattern.exec(before)?.[0] ?? before;
  const firstWords = firstWordsPattern.exec(after)?.[0] ?? after;
  return {
    before: singleBlanks(`${lineStart < start - lastWords.length ? '… ' : ''}${lastWords}`),
    after: singleBlanks(end + firstWords.length < lineEnd ? `${firstWords} …` : firstWords),
  };
}

function singleBlanks(text: string): string {
  return text.replaceAll(/\s+/gu, ' ');
}

function oneLine(text: string): string {
  return singleBlanks(text).trim();
}
