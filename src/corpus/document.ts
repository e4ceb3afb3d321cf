import type { JsonObject } from '../foundation/json.ts';

/** A range of text: UTF-16 offsets, end exclusive, `start < end`. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Who added a span or relation. */
export type Source = 'human' | 'model' | 'llm' | 'synthetic';

/**
 * A mention. `start` and `end` cover all of it. Only a discontinuous mention has `fragments`: two or more ranges in text
 * order, of which the first begins at `start` and the last ends at `end`. `score` is a probability in [0, 1].
 */
export interface Span extends TextRange {
  readonly id: string;
  readonly label: string;
  readonly score?: number;
  readonly source: Source;
  readonly fragments?: readonly TextRange[];
}

/** A relation between two spans of one document, given by their IDs. */
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

/** A text with its annotations. All offsets are UTF-16 units of `text`, end exclusive. */
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
 * The brat file that a document was read from. What a document cannot represent (events, notes, the order of lines) is
 * written back from it. `shift` is 1 if the file's offsets count a byte order mark, otherwise 0.
 */
interface StandoffOrigin {
  readonly annotations: string;
  readonly shift: number;
}

/**
 * The only way to create a span. Throws `RangeError` if the offsets are not a range of `text` or split a surrogate pair,
 * or if the label is empty. Readers turn that into a `UserError` with file and line.
 */
export function createSpan(text: string, draft: Span): Span {
  if (draft.label === '') throw new RangeError('a span needs a label');
  const ranges = draft.fragments ?? [{ start: draft.start, end: draft.end }];
  let previousEnd = 0;
  for (const range of ranges) {
    checkRange(text, range);
    if (range.start < previousEnd)
      throw new RangeError('the parts of a span must be in text order and must not overlap');
    previousEnd = range.end;
  }
  if (ranges.at(0)?.start !== draft.start || ranges.at(-1)?.end !== draft.end) {
    throw new RangeError('the parts of a span must begin and end where the span does');
  }
  return draft;
}

function checkRange(text: string, { start, end }: TextRange): void {
  if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end > text.length) {
    throw new RangeError(`offsets ${start}-${end} are outside the text (length ${text.length})`);
  }
  if (start >= end) throw new RangeError(`offsets ${start}-${end} contain no character`);
  if (splitsSurrogatePair(text, start) || splitsSurrogatePair(text, end)) {
    throw new RangeError(`offsets ${start}-${end} split a character`);
  }
}

function splitsSurrogatePair(text: string, offset: number): boolean {
  const before = text.charCodeAt(offset - 1);
  const after = text.charCodeAt(offset);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}

/** A document without annotations. */
export function plainDocument(id: string, text: string, meta: JsonObject = {}): Document {
  return { id, text, spans: [], relations: [], attributes: [], meta };
}

/** The words of a mention; the parts of a discontinuous one are joined by a space. */
export function mentionText(text: string, span: Span): string {
  return (span.fragments ?? [span]).map(({ start, end }) => text.slice(start, end)).join(' ');
}

/** Whether two ranges share a position. */
export function overlap(a: TextRange, b: TextRange): boolean {
  return a.start < b.end && b.start < a.end;
}
