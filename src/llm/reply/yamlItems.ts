import { insideQuotes } from './quoted.ts';
import { itemsOf, type ReplyItem, textKeys } from './replyItems.ts';

const entry = /^(\s*-\s+)([^]*)$/;
const member = /^\s*(?:"([\w -]{1,40})"|'([\w -]{1,40})'|([\w-]{1,40}))\s*:(?:\s([^]*))?$/;

/** An entry of a list: its lines, and those of its members that can be read. */
interface Entry {
  readonly lines: string[];
  readonly members: Map<string, string>;
  isWhole: boolean;
}

/**
 * The items of a YAML list of mappings (`- text: "..."`) with values on one line. Items with anything else in them
 * (block scalars, continued lines, lists) have a problem. Empty if there is no such list with texts whose entries all
 * begin with the same key.
 */
export function yamlItems(source: string): readonly ReplyItem[] {
  const entries: Entry[] = [];
  let dashAt = -1;
  let keyAt = -1;
  for (const line of source.split('\n')) {
    const [, mark = '', rest = ''] = entry.exec(line) ?? [];
    const column = line.search(/\S/);
    const last = entries.at(-1);
    if (mark !== '' && (dashAt === -1 || column === dashAt)) {
      if (dashAt === -1 && member.exec(rest) === null) return [];
      dashAt = column;
      keyAt = mark.length;
      const opened: Entry = { lines: [line], members: new Map(), isWhole: true };
      entries.push(opened);
      readMember(opened, rest);
    } else if (last !== undefined && column > dashAt) {
      last.lines.push(line);
      if (column === keyAt) readMember(last, line);
      else last.isWhole = false;
    } else if (last !== undefined && column !== -1) {
      // The list has ended, unless this line continues its last text.
      if (!/^\s*(?:[\w-]+\s*:|\.\.\.|---|```)/.test(line) && !isQuoted(last.lines.at(-1) ?? '')) {
        last.isWhole = false;
      }
      break;
    }
  }
  const items = entries.flatMap(({ lines, members, isWhole }): readonly ReplyItem[] =>
    isWhole
      ? itemsOf([Object.fromEntries(members)])
      : [{ text: lines.join('\n').trim(), problem: 'it is YAML in a form that cannot be read' }],
  );
  const keys = entries.map(({ members }) => Array.from(members.keys()));
  const isList =
    keys.every(([first]) => first === keys[0]?.[0]) && keys[0]?.some((key) => textKeys.test(key));
  return isList === true ? items : [];
}

function readMember(into: Entry, line: string): void {
  const [, double, single, bare, written] = member.exec(line) ?? [];
  const key = double ?? single ?? bare;
  const value = written === undefined ? undefined : scalarOf(written.trim());
  if (key === undefined || value === undefined || into.members.has(key)) into.isWhole = false;
  // The key counts even if its value cannot be read.
  if (key !== undefined) into.members.set(key, value ?? '');
}

/** A value on one line; undefined if it is another kind of value or not complete. */
function scalarOf(written: string): string | undefined {
  if (/^["']/.test(written)) return insideQuotes(written);
  return /^[|>&*!%@`{[#,]|\s#/.test(written) || written === '' ? undefined : written;
}

function isQuoted(line: string): boolean {
  return /["']$/.test(line.trimEnd());
}
