import { counted } from '../../foundation/numbers.ts';
import { UserError } from '../../foundation/userError.ts';
import {
  type Attribute,
  createSpan,
  type Document,
  type Relation,
  type Span,
  type TextRange,
} from '../document.ts';
import { codePointOffsets } from '../offsets.ts';
import type { BratLine } from './line.ts';
import { byteOrderMarkShift, parseStandoff } from './standoff.ts';

interface ReadOptions {
  /** The .ann file, for errors. */
  readonly file?: string;
}

/**
 * Reads a text and its standoff annotations. What a document cannot represent (events, notes, equivalences, unknown
 * lines) stays in `standoff`, from which `formatBrat` writes it back, and so does an attribute without a target. A
 * relation or attribute of an event becomes one of the event's trigger. Throws `UserError` with file and line.
 */
export function parseBrat(
  text: string,
  annotations: string,
  id: string,
  options: ReadOptions = {},
): Document {
  const { lines, resolve, ids } = parseStandoff(annotations);
  const shift = byteOrderMarkShift(text, lines);
  const plain = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const toRange = rangeReader(plain, shift);
  const seen = new Set<string>();
  const spans = new Map<string, Span>();
  const relations: Relation[] = [];
  const attributes: Attribute[] = [];
  const eachLine = (read: (line: BratLine) => void): void => {
    for (const { line, number } of lines) {
      try {
        read(line);
      } catch (error) {
        throw error instanceof RangeError
          ? brokenLine(error.message, options.file ?? `${id}.ann`, number)
          : error;
      }
    }
  };
  eachLine((line) => {
    if (line.kind === 'broken') throw new RangeError(line.reason);
    if ('id' in line && seen.size === seen.add(line.id).size) {
      throw new RangeError(`the ID ${line.id} is used twice`);
    }
    if (line.kind !== 'span') return;
    spans.set(line.id, readSpan(plain, line, toRange));
  });
  eachLine((line) => {
    if (line.kind === 'relation') {
      const [head, tail] = [resolve(line.head), resolve(line.tail)];
      if (!spans.has(head) || !spans.has(tail))
        throw new RangeError('the relation refers to a span or event that does not exist');
      relations.push({ id: line.id, head, tail, label: line.label, source: 'human' });
    } else if (line.kind === 'attribute' && ids.has(line.target)) {
      const { kind: _, ...attribute } = line;
      attributes.push({ ...attribute, target: resolve(line.target) });
    }
  });
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

function readSpan(
  text: string,
  line: Extract<BratLine, { kind: 'span' }>,
  toRange: (range: TextRange) => TextRange,
): Span {
  const fragments = line.ranges.map(toRange).toSorted((a, b) => a.start - b.start);
  const start = fragments[0]?.start ?? 0;
  const end = fragments.at(-1)?.end ?? 0;
  const draft = { id: line.id, start, end, label: line.label, source: 'human' } as const;
  return createSpan(text, fragments.length > 1 ? { ...draft, fragments } : draft);
}

/** Converts ranges on disk (in code points, possibly counting a byte order mark) to ranges of the text. */
function rangeReader(text: string, shift: number): (range: TextRange) => TextRange {
  const offsets = codePointOffsets(text);
  return ({ start, end }) => {
    if (start - shift < 0 || end - shift > offsets.length) {
      throw new RangeError(
        `offsets ${start}-${end} are outside the text (${counted(offsets.length + shift, 'code point')})`,
      );
    }
    return { start: offsets.toUtf16(start - shift), end: offsets.toUtf16(end - shift) };
  };
}

function brokenLine(reason: string, file: string, line: number): UserError {
  return new UserError(`This annotation cannot be read: ${reason}.`, {
    place: { file, line },
    nextStep: 'Correct the line, or remove it.',
  });
}
