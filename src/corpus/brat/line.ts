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
  | {
      readonly kind: 'event';
      readonly id: string;
      readonly label: string;
      readonly trigger: string;
      /** The IDs of its arguments. */
      readonly args: readonly string[];
    }
  | {
      readonly kind: 'relation';
      readonly id: string;
      readonly label: string;
      readonly head: string;
      readonly tail: string;
      /** The names of head and tail in the line, usually Arg1 and Arg2. */
      readonly roles: readonly [string, string];
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
  const [id = '', body = '', ...words] = line.split('\t');
  // The words may contain tabs.
  const mention = words.join('\t');
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
  const inOrder = ranges.toSorted((a, b) => a.start - b.start);
  if (inOrder.some(({ start }, index) => start < (inOrder[index - 1]?.end ?? 0))) {
    return { kind: 'broken', reason: 'the parts of a mention must not overlap' };
  }
  return { kind: 'span', id, label, ranges: inOrder, mention };
}

function parseEvent(id: string, body: string): BratLine {
  const [head, ...args] = argumentsOf(body);
  if (head === undefined) {
    return { kind: 'broken', reason: 'an E line needs a trigger, "E1<TAB>Label:T1"' };
  }
  return {
    kind: 'event',
    id,
    label: head.role,
    trigger: head.target,
    args: args.map(({ target }) => target),
  };
}

function parseRelation(id: string, body: string): BratLine {
  const label = /^\S+(?= )/u.exec(body)?.[0];
  const [first, second, ...more] = label === undefined ? [] : argumentsOf(body.slice(label.length));
  if (label === undefined || first === undefined || second === undefined || more.length > 0) {
    return { kind: 'broken', reason: 'an R line needs two arguments, "R1<TAB>Label Arg1:T1 Arg2:T2"' };
  }
  const [head, tail] = isTail(first.role, second.role) ? [second, first] : [first, second];
  return { kind: 'relation', id, label, head: head.target, tail: tail.target, roles: [head.role, tail.role] };
}

/** The `Role:T1` of a line, separated by spaces. */
function argumentsOf(body: string): readonly { readonly role: string; readonly target: string }[] {
  return body.split(/\s+/u).flatMap((part) => {
    const colon = part.lastIndexOf(':');
    return colon > 0 && colon < part.length - 1
      ? [{ role: part.slice(0, colon), target: part.slice(colon + 1) }]
      : [];
  });
}

const tails = new Set(['tail', 'object', 'obj', 'target', 'to', 'child']);
const heads = new Set(['head', 'subject', 'subj', 'source', 'from', 'parent']);

/** Whether the names of two arguments say that the first is the tail. If they say nothing, their order counts. */
function isTail(first: string, second: string): boolean {
  const [ofFirst, ofSecond] = [first, second].map((role) => Number(/\d+$/u.exec(role)?.[0] ?? Number.NaN));
  if (ofFirst !== undefined && ofSecond !== undefined && ofFirst > ofSecond) return true;
  return tails.has(first.toLowerCase()) && heads.has(second.toLowerCase());
}

function parseAttribute(id: string, body: string): BratLine {
  const [, name, target, value] = /^(\S+) (\S+)(?: (.*\S))?\s*$/u.exec(body) ?? [];
  if (name === undefined || target === undefined) {
    return { kind: 'broken', reason: 'an attribute line needs a name and a target, "A1<TAB>Name T1"' };
  }
  return { kind: 'attribute', id, target, name, ...(value === undefined ? {} : { value }) };
}
