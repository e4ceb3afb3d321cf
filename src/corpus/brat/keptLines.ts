import type { Document } from '../document.ts';
import { parseBratLine } from './line.ts';
import { parseStandoff } from './standoff.ts';

/**
 * The lines of a brat file that a document cannot represent: events, notes, normalisations, equivalences and unknown ones,
 * and attributes without a target. JSON lines keep them in `meta.brat`, so that they are not lost on the way back.
 */
export function linesBesides({ standoff }: Pick<Document, 'standoff'>): readonly string[] {
  if (standoff === undefined) return [];
  const { lines, ids } = parseStandoff(standoff.annotations);
  return lines
    .filter(
      ({ line, text }) =>
        line.kind === 'event' ||
        (line.kind === 'other' && text.trim() !== '') ||
        (line.kind === 'attribute' && !ids.has(line.target)),
    )
    .map(({ text }) => text.replace(/[\r\n]+$/u, ''));
}

/** Such lines of a document that comes from JSON lines, without those about mentions or relations that it no longer has. */
export function keptLines(
  { standoff, meta }: Pick<Document, 'standoff' | 'meta'>,
  written: ReadonlyMap<string, string>,
): readonly string[] {
  const kept: unknown = meta['brat'];
  if (standoff !== undefined || !Array.isArray(kept)) return [];
  const lines = kept.filter((line): line is string => typeof line === 'string' && !/[\r\n]/u.test(line));
  const events = new Set(
    lines.map(parseBratLine).flatMap((line) => (line.kind === 'event' ? [line.id] : [])),
  );
  return lines.filter((line) => targetsOf(line).every((id) => written.has(id) || events.has(id)));
}

/** The IDs of spans, relations and events that a line names. */
function targetsOf(line: string): readonly string[] {
  const parsed = parseBratLine(line);
  if (parsed.kind === 'event') return [parsed.trigger, ...parsed.args];
  if (parsed.kind === 'attribute') return [parsed.target];
  const [, body = ''] = line.split('\t');
  return body.split(' ').filter((word) => /^[TRE]\d+$/u.test(word));
}
