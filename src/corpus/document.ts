import type { JsonObject } from '../foundation/json.ts';

/** A stretch of text: UTF-16 offsets, end exclusive, `start < end`. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Who said that a span or relation is there. */
export type Source = 'human' | 'model' | 'llm' | 'synthetic';

/**
 * A mention. `start` and `end` cover all of it; `fragments` is there only when it is discontinuous
 * (two or more ranges in text order, the first beginning at `start`, the last ending at `end`).
 * `score` is a probability in [0, 1].
 */
export interface Span extends TextRange {
  readonly id: string;
  readonly label: string;
  readonly score?: number;
  readonly source: Source;
  readonly fragments?: readonly TextRange[];
}

/** A relation between two spans of one document, named by their ids. */
export interface Relation {
  readonly id: string;
  readonly head: string;
  readonly tail: string;
  readonly label: string;
  readonly score?: number;
  readonly source: Source;
}

/** A property of a span or relation (brat's A and M lines). */
export interface Attribute {
  readonly id: string;
  readonly target: string;
  readonly name: string;
  readonly value?: string;
}

/** One text with what is known about it. All offsets are UTF-16 units of `text`, end exclusive. */
export interface Document {
  readonly id: string;
  readonly text: string;
  readonly sentences?: readonly TextRange[];
  readonly tokens?: readonly TextRange[];
  readonly spans: readonly Span[];
  readonly relations: readonly Relation[];
  readonly attributes: readonly Attribute[];
  readonly meta: JsonObject;
  readonly standoff?: StandoffOrigin;
}

/**
 * The brat file a document was read from: what a document cannot hold (events, notes, the order of lines)
 * is written back from it. `shift` is 1 when the file's offsets count a byte order mark, else 0.
 */
interface StandoffOrigin {
  readonly annotations: string;
  readonly shift: number;
}

/** What a new span must satisfy beside the data itself. */
interface SpanDraft {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly source: Source;
  readonly score?: number;
  readonly fragments?: readonly TextRange[];
}

/**
 * The only way to make a span. Throws `RangeError` when the offsets are no range of `text`, split a
 * surrogate pair, or the label is empty: readers turn that into a `UserError` with file and line.
 */
export function createSpan(text: string, draft: SpanDraft): Span {
  if (draft.label === '') throw new RangeError('a span needs a label');
  const ranges = draft.fragments ?? [{ start: draft.start, end: draft.end }];
  let previousEnd = 0;
  for (const range of ranges) {
    checkRange(text, range);
    if (range.start < previousEnd)
      throw new RangeError('the parts of a span must be in text order and apart');
    previousEnd = range.end;
  }
  if (ranges.at(0)?.start !== draft.start || ranges.at(-1)?.end !== draft.end) {
    throw new RangeError('the parts of a span must begin and end with it');
  }
  return draft;
}

function checkRange(text: string, { start, end }: TextRange): void {
  if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end > text.length) {
    throw new RangeError(`offsets ${start}-${end} lie outside the text (length ${text.length})`);
  }
  if (start >= end) throw new RangeError(`offsets ${start}-${end} hold no character`);
  if (splitsSurrogatePair(text, start) || splitsSurrogatePair(text, end)) {
    throw new RangeError(`offsets ${start}-${end} cut a character in two`);
  }
}

function splitsSurrogatePair(text: string, offset: number): boolean {
  const before = text.charCodeAt(offset - 1);
  const after = text.charCodeAt(offset);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}

/** A document with nothing said about its text yet. */
export function plainDocument(id: string, text: string, meta: JsonObject = {}): Document {
  return { id, text, spans: [], relations: [], attributes: [], meta };
}

/** The words of a mention; parts of a discontinuous one are joined by a blank. */
export function mentionText(text: string, span: Span): string {
  return (span.fragments ?? [span]).map(({ start, end }) => text.slice(start, end)).join(' ');
}

/** Whether two ranges share a position. */
export function overlap(a: TextRange, b: TextRange): boolean {
  return a.start < b.end && b.start < a.end;
}
