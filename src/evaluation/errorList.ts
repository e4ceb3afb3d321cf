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

/** An error before its words are extracted, which is done only for those that are kept. */
interface Disagreement {
  readonly kind: ErrorKind;
  readonly text: ScoredText;
  readonly alignment: Alignment;
}

/** The errors of all texts, in order. If there are more than `most`, each kind gets a fair share. */
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

/** At most `most` items, in order, taken in turn from each kind so that a frequent kind does not crowd out the others. */
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

/** A few words before and after a range, on the same line, with `…` where the line continues. */
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
