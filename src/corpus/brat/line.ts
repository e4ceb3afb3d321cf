import type { TextRange } from '../document.ts';

/**
 * One line of a standoff file (brat's documentation, "Standoff format"). Offsets count code points in the text on disk.
 * `other` is any kind that a document cannot represent: it is kept but never interpreted.
 */
export type BratLine =
  | {
      readonly kind: 'span';
      readonly id: string;
      readonly label: string;
      readonly ranges: readonly TextRange[];
      readonly mention: string;
    }
  | { readonly kind: 'event'; readonly id: string; readonly label: string; readonly trigger: string }
  | {
      readonly kind: 'relation';
      readonly id: string;
      readonly label: string;
      readonly head: string;
      readonly tail: string;
    }
  | {
      readonly kind: 'attribute';
      readonly id: string;
      readonly target: string;
      readonly name: string;
      readonly value?: string;
    }
  | { readonly kind: 'other' }
  | { readonly kind: 'broken'; readonly reason: string };

const other: BratLine = { kind: 'other' };

/** Reads one line, without its line end. `reason` is a clause that never quotes the line. */
export function parseBratLine(line: string): BratLine {
  const [id = '', body = '', mention = ''] = line.split('\t');
  switch (id.charAt(0)) {
    case 'T':
      return parseSpan(id, body, mention);
    case 'E':
      return parseEvent(id, body);
    case 'R':
      return parseRelation(id, body);
    case 'A':
    case 'M':
      return parseAttribute(id, body);
    default:
      return other;
  }
}

function parseSpan(id: string, body: string, mention: string): BratLine {
  const match = /^(\S+) (\d+ \d+(?:;\d+ \d+)*)\s*$/u.exec(body);
  const [, label, offsets] = match ?? [];
  if (label === undefined || offsets === undefined) {
    return { kind: 'broken', reason: 'a T line needs a label and offsets, "T1<TAB>Label 0 5<TAB>words"' };
  }
  const ranges = offsets.split(';').map((part) => {
    const [start = '', end = ''] = part.split(' ');
    return { start: Number(start), end: Number(end) };
  });
  return { kind: 'span', id, label, ranges, mention };
}

function parseEvent(id: string, body: string): BratLine {
  const [, label, trigger] = /^(\S+?):(\S+)/u.exec(body) ?? [];
  if (label === undefined || trigger === undefined) {
    return { kind: 'broken', reason: 'an E line needs a trigger, "E1<TAB>Label:T1"' };
  }
  return { kind: 'event', id, label, trigger };
}

function parseRelation(id: string, body: string): BratLine {
  const [, label, head, tail] = /^(\S+) \S+?:(\S+) \S+?:(\S+)/u.exec(body) ?? [];
  if (label === undefined || head === undefined || tail === undefined) {
    return { kind: 'broken', reason: 'an R line needs two arguments, "R1<TAB>Label Arg1:T1 Arg2:T2"' };
  }
  return { kind: 'relation', id, label, head, tail };
}

function parseAttribute(id: string, body: string): BratLine {
  const [, name, target, value] = /^(\S+) (\S+)(?: (.*\S))?\s*$/u.exec(body) ?? [];
  if (name === undefined || target === undefined) {
    return { kind: 'broken', reason: 'an attribute line needs a name and a target, "A1<TAB>Name T1"' };
  }
  return { kind: 'attribute', id, target, name, ...(value === undefined ? {} : { value }) };
}
