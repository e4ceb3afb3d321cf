import { counted } from '../../foundation/numbers.ts';
import type { Attribute, Document, Relation, Span } from '../document.ts';
import { codePointOffsets } from '../offsets.ts';
import { type Placed, type Placement, placeSpans } from '../placeSpans.ts';
import { type LineContext, strictContext } from '../readContext.ts';
import { checkLines } from './checkLines.ts';
import { spanOver } from '../parts.ts';
import { byteOrderMarkShift, parseStandoff, type StandoffLine } from './standoff.ts';

interface ReadOptions {
  /** The .ann file, for errors. */
  readonly file?: string;
  /** Where problems are reported; if absent, only errors are, by throwing them. */
  readonly context?: LineContext;
}

/**
 * Reads a text and its standoff annotations. Mentions whose offsets do not fit the words of their lines are moved to these
 * words if their place is clear (see `placeSpans`). What a document cannot represent (events, notes, equivalences, unknown
 * lines) stays in `standoff`, from which `formatBrat` writes it back, and so does an attribute without a target. A
 * relation or attribute of an event becomes one of the event's trigger. Throws `UserError` with file and line.
 */
export function parseBrat(
  text: string,
  annotations: string,
  id: string,
  options: ReadOptions = {},
): Document {
  const context = options.context ?? strictContext(options.file ?? `${id}.ann`, id);
  const standoff = parseStandoff(annotations);
  const { lines, resolve, ids } = standoff;
  checkLines(standoff, context);
  const shift = byteOrderMarkShift(text, lines);
  const plain = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const spans = readSpans(plain, lines, shift, context);
  const relations: Relation[] = [];
  const attributes: Attribute[] = [];
  for (const { line } of lines) {
    if (line.kind === 'relation') {
      const [head, tail] = [resolve(line.head), resolve(line.tail)];
      if (!spans.has(head) || !spans.has(tail)) continue;
      relations.push({ id: line.id, head, tail, label: line.label, source: 'human' });
    } else if (line.kind === 'attribute' && ids.has(line.target)) {
      const { kind: _, ...attribute } = line;
      attributes.push({ ...attribute, target: resolve(line.target) });
    }
  }
  return {
    id,
    text: plain,
    spans: [...spans.values()],
    relations,
    attributes,
    meta: {},
    standoff: { annotations, shift },
  };
}

type SpanLine = Extract<StandoffLine['line'], { kind: 'span' }>;

function readSpans(
  text: string,
  lines: readonly StandoffLine[],
  shift: number,
  context: LineContext,
): Map<string, Span> {
  const stated = lines.flatMap(({ line, number }) => (line.kind === 'span' ? [{ line, number }] : []));
  const places = placeSpans(
    text,
    stated.map(({ line: { ranges, mention } }) => ({
      ranges: ranges.map(({ start, end }) => ({ start: start - shift, end: end - shift })),
      words: mention,
    })),
  );
  const length = codePointOffsets(text).length + shift;
  const spans = new Map<string, Span>();
  for (const [index, { line, number }] of stated.entries()) {
    const place = places[index] as Placement;
    if (place.kind === 'outside') {
      const offsets = line.ranges.map(({ start, end }) => `${start}-${end}`).join(', ');
      const message = `The offsets ${offsets} are not a range of the text (${counted(length, 'code point')}).`;
      context.fail(number, 'offsets', message, 'Correct the line, or remove it.');
    } else if (place.kind === 'mismatch') {
      context.fail(
        number,
        'text-mismatch',
        'The text has different words at these offsets, and it is not clear where the mention belongs.',
        'Correct the words or the offsets, which count code points.',
      );
    } else if ('ranges' in place) {
      addSpan(spans, text, line, place, number, context);
    }
  }
  return spans;
}

function addSpan(
  spans: Map<string, Span>,
  text: string,
  { id, label }: SpanLine,
  { kind, ranges }: Placed,
  number: number,
  { report, fail }: LineContext,
): void {
  try {
    spans.set(id, spanOver(text, { id, label, source: 'human' }, ranges));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = `This annotation cannot be read: ${error.message}.`;
    fail(number, 'broken-line', message, 'Correct the line, or remove it.');
    return;
  }
  if (kind === 'moved') {
    report(number, 'moved', 'The offsets do not fit the text, so the mention was moved to its words.');
  }
}
