import { linesOf } from '../lines.ts';
import { type BratLine, parseBratLine } from './line.ts';

/** A parsed line of a standoff file, with its text. */
export interface StandoffLine {
  readonly line: BratLine;
  /** As in the file, including the line end. */
  readonly text: string;
  /** Counts from 1. */
  readonly number: number;
}

/** A parsed standoff file. The `text`s of all lines together are the file, apart from a byte order mark. */
export interface Standoff {
  readonly lines: readonly StandoffLine[];
  /** Maps the ID of an event to that of its trigger, and any other ID to itself. */
  readonly resolve: (id: string) => string;
  /** The IDs of all spans, events, relations and attributes. */
  readonly ids: ReadonlySet<string>;
}

export function parseStandoff(annotations: string): Standoff {
  const lines: StandoffLine[] = [];
  const triggers = new Map<string, string>();
  const ids = new Set<string>();
  for (const { start, end, next } of linesOf(annotations)) {
    const line = parseBratLine(annotations.slice(start, end));
    lines.push({ line, text: annotations.slice(start, next), number: lines.length + 1 });
    if ('id' in line) ids.add(line.id);
    if (line.kind === 'event') triggers.set(line.id, line.trigger);
  }
  return { lines, resolve: (id) => triggers.get(id) ?? id, ids };
}

/**
 * Whether offsets count a byte order mark at the start of the text, as brat and other programs that do not recognise it
 * do: 1 if more mentions match the text that way, otherwise 0.
 */
export function byteOrderMarkShift(text: string, lines: readonly StandoffLine[]): number {
  if (text.charCodeAt(0) !== 0xfeff) return 0;
  const characters = Array.from(text);
  const fitting = [1, 0].map(
    (from) =>
      lines.filter(({ line }) => {
        const range = line.kind === 'span' ? line.ranges[0] : undefined;
        if (line.kind !== 'span' || range === undefined) return false;
        const words = characters.slice(range.start + from, range.end + from).join('');
        return line.mention.startsWith(words);
      }).length,
  );
  const [withoutMark = 0, withMark = 0] = fitting;
  return withMark > withoutMark ? 1 : 0;
}
