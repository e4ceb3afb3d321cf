import type { Document, TextRange } from '../document.ts';
import { codePointOffsets } from '../offsets.ts';
import { attributeMeaning, type Composed, composeLines, relationMeaning, spanMeaning } from './compose.ts';
import { keptLines } from './keptLines.ts';
import { joinParts } from '../parts.ts';
import { parseStandoff, type Standoff, type StandoffLine } from './standoff.ts';

/**
 * The .ann file of a document. Lines of the original file stay the same, byte for byte, if the document still says the
 * same. Changed lines are rewritten in place. Lines of removed spans and relations are removed, together with the events,
 * notes and equivalences about them. New lines are added at the end.
 */
export function formatBrat(document: Document): string {
  const annotations = document.standoff?.annotations ?? '';
  const standoff = parseStandoff(annotations);
  const composed = composeLines(document, standoff.ids);
  const removed = removedIds(standoff, composed);
  const lineEnd = /\r\n|\n|\r/u.exec(annotations)?.[0] ?? '\n';
  const toJoined = joinedOnDisk(document);
  const written = new Set<string>();
  const parts = [annotations.charCodeAt(0) === 0xfeff ? '\uFEFF' : ''];
  for (const line of standoff.lines) {
    parts.push(rewriteLine(line, standoff, composed, removed, toJoined));
    if ('id' in line.line) written.add(line.line.id);
  }
  const added = [
    ...[...composed.lines].filter(([id]) => !written.has(id)).map(([, line]) => line),
    ...keptLines(document, composed.lines),
  ].map((line) => `${line}${lineEnd}`);
  if (added.length > 0 && /[^\r\n]$/u.test(parts.at(-1) ?? '') && standoff.lines.length > 0)
    parts.push(lineEnd);
  return [...parts, ...added].join('');
}

function rewriteLine(
  { line, text }: StandoffLine,
  standoff: Standoff,
  { lines, meanings }: Composed,
  removed: ReadonlySet<string>,
  toJoined: ToJoined,
): string {
  const end = /[\r\n]*$/u.exec(text)?.[0] ?? '';
  if (line.kind === 'other' || line.kind === 'broken') return rewriteOther(text, removed);
  if (removed.has(line.id)) return '';
  if (line.kind === 'event') return rewriteEvent(text, line, meanings, removed);
  const meaning = meanings.get(line.id);
  const same = meaning === undefined || meaning === meaningOf(line, standoff, toJoined);
  if (same) return text;
  const content = lines.get(line.id) ?? '';
  return `${line.kind === 'relation' ? withRoles(content, line.roles) : content}${end}`;
}

/** Gives the arguments of a relation the names that its line had. */
function withRoles(content: string, [head, tail]: readonly [string, string]): string {
  return content.replace(' Arg1:', () => ` ${head}:`).replace(' Arg2:', () => ` ${tail}:`);
}

/** Joins the parts of a mention on disk that only white space separates. */
type ToJoined = (ranges: readonly TextRange[]) => readonly TextRange[];

function joinedOnDisk({ text, standoff }: Document): ToJoined {
  const offsets = codePointOffsets(text);
  const shift = standoff?.shift ?? 0;
  return (ranges) => {
    if (ranges.length < 2) return ranges;
    const inText = ranges.map(({ start, end }) => ({
      start: offsets.toUtf16(start - shift),
      end: offsets.toUtf16(end - shift),
    }));
    return joinParts(text, inText).map(({ start, end }) => ({
      start: offsets.toCodePoint(start) + shift,
      end: offsets.toCodePoint(end) + shift,
    }));
  };
}

type Statement = Extract<StandoffLine['line'], { kind: 'span' | 'relation' | 'attribute' }>;

function meaningOf(line: Statement, { resolve }: Standoff, toJoined: ToJoined): string {
  if (line.kind === 'relation') return relationMeaning(line.label, resolve(line.head), resolve(line.tail));
  if (line.kind === 'attribute') return attributeMeaning(line, resolve(line.target));
  return spanMeaning(line.label, toJoined(line.ranges));
}

/** IDs in the file that the document no longer has, and events that thereby lose their trigger. */
function removedIds({ lines, ids }: Standoff, { meanings }: Composed): ReadonlySet<string> {
  const removed = new Set<string>();
  for (const { line } of lines) {
    const unread = line.kind === 'event' || (line.kind === 'attribute' && !ids.has(line.target));
    if ('id' in line && !unread && !meanings.has(line.id)) removed.add(line.id);
  }
  for (const { line } of lines) {
    if (line.kind === 'event' && removed.has(line.trigger)) removed.add(line.id);
  }
  return removed;
}

/** Gives an event the type of its trigger and removes arguments that no longer exist. */
function rewriteEvent(
  text: string,
  event: Extract<StandoffLine['line'], { kind: 'event' }>,
  meanings: ReadonlyMap<string, string>,
  removed: ReadonlySet<string>,
): string {
  const label = meanings.get(event.trigger)?.split(' ')[0] ?? event.label;
  const head = `${event.id}\t${event.label}:`;
  const typed = text.startsWith(head) ? `${event.id}\t${label}:${text.slice(head.length)}` : text;
  return typed.replaceAll(/ \S+?:(\S+)/gu, (argument, id: string) => (removed.has(id) ? '' : argument));
}

/**
 * Removes notes and normalisations (`#1<TAB>Kind T1<TAB>...`) of removed targets, and removes these from `*<TAB>Kind
 * T1 T2`.
 */
function rewriteOther(text: string, removed: ReadonlySet<string>): string {
  const [id = '', body = ''] = text.split('\t');
  const [, ...targets] = body.trimEnd().split(' ');
  if (!targets.some((target) => removed.has(target))) return text;
  if (/^[#N]/u.test(id)) return '';
  if (id !== '*') return text;
  const kept = targets.filter((target) => !removed.has(target));
  if (kept.length < 2) return '';
  return text.replaceAll(/ (\S+)/gu, (word, target: string) => (removed.has(target) ? '' : word));
}
