import { findNodeAtLocation, parseTree, type Edit, type Node } from 'jsonc-parser';
import * as z from 'zod/mini';
import { checkValue } from '../foundation/checkValue.ts';
import { parseJsonc } from '../foundation/jsonSource.ts';
import { UserError } from '../foundation/userError.ts';
import { parseProject } from './parseProject.ts';
import { type Project, topicsOf } from './project.ts';
import { topicsSchema } from './schema.ts';

type Topics = Project['topics'];

const documentSchema = z.strictObject({ topics: topicsSchema });

/** Reads a document that contains only topics. Throws `UserError` with the line if it has another form. */
export function readTopics(text: string, file: string): Topics {
  const json = parseJsonc(text, file);
  const { value, problems } = checkValue(documentSchema, json.value, 'document');
  if (value !== undefined) return value.topics;
  const [{ path, message, nextStep }] = problems;
  throw new UserError(message, { place: { file, line: json.lineOf(path) }, nextStep });
}

/**
 * The edits that add new topics to the text of a chartmark.json, after the existing ones and each once. Existing formatting,
 * order and comments are kept, and additions are indented like the rest. Offsets are in UTF-16 units of `text`. Throws
 * `UserError` if the text is not a valid chartmark.json.
 */
export function topicEdits(text: string, file: string, added: Topics): readonly Edit[] {
  const project = parseProject(text, file);
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const source = text.slice(mark);
  const root = parseTree(source, [], { allowTrailingComma: true });
  if (root === undefined) return [];
  const layout = layoutOf(source, root);
  const missing = Object.entries(added)
    .map(([type, names]) => {
      const known = topicsOf(project, type);
      return [type, [...new Set(names)].filter((name) => !known.includes(name))] as const;
    })
    .filter(([, names]) => names.length > 0);
  if (missing.length === 0) return [];
  const own = findNodeAtLocation(root, ['topics']) ?? findNodeAtLocation(root, ['seeds']);
  const edits =
    own === undefined
      ? append(source, root, [{ key: 'topics', value: Object.fromEntries(missing) }], layout)
      : [
          ...missing.flatMap(([type, names]) => {
            const list = findNodeAtLocation(own, [type]);
            const values = names.map((value) => ({ value }));
            return list === undefined ? [] : append(source, list, values, layout);
          }),
          ...append(
            source,
            own,
            missing
              .filter(([type]) => findNodeAtLocation(own, [type]) === undefined)
              .map(([key, value]) => ({ key, value })),
            layout,
          ),
        ];
  return edits.map(({ offset, length, content }) => ({ offset: offset + mark, length, content }));
}

interface Layout {
  readonly lineEnd: string;
  /** One level of indentation. */
  readonly indent: string;
  /** Whether the whole file is one line. */
  readonly isOneLine: boolean;
}

function layoutOf(source: string, root: Node): Layout {
  const [first] = root.children ?? [];
  return {
    lineEnd: source.includes('\r\n') ? '\r\n' : '\n',
    indent: (first === undefined ? '' : indentAt(source, first.offset)) || '  ',
    isOneLine: first !== undefined && !source.slice(root.offset, root.offset + root.length).includes('\n'),
  };
}

interface Addition {
  readonly key?: string;
  readonly value: unknown;
}

const comment = /\/\/[^\r\n]*|\/\*[\s\S]*?\*\//gu;

/** The edits that append items to an object or a list, after any comment behind the last item. */
function append(
  source: string,
  { offset, length, children = [] }: Node,
  items: readonly Addition[],
  { lineEnd, indent, isOneLine }: Layout,
): readonly Edit[] {
  if (items.length === 0) return [];
  const [first] = children;
  const last = children.at(-1);
  const close = offset + length - 1;
  const end = last === undefined ? offset + 1 : last.offset + last.length;
  const gap = source.slice(end, close);
  const hasTrailingComma = gap.replace(comment, '').includes(',');
  const tail = end + gap.trimEnd().length;
  const isCompact =
    first === undefined ? isOneLine : !`${source.slice(offset, first.offset)}${gap}`.includes('\n');
  const outer = indentAt(source, offset);
  const startsLine = first !== undefined && /[\r\n]\s*$/u.test(source.slice(offset, first.offset));
  const inner = startsLine ? indentAt(source, first.offset) : `${outer}${indent}`;
  const separator = isCompact ? ' ' : `${lineEnd}${inner}`;
  const written = items.map(({ key, value }) => {
    const json = isCompact
      ? JSON.stringify(value)
      : JSON.stringify(value, undefined, indent).replaceAll('\n', `${lineEnd}${inner}`);
    return key === undefined ? json : `${JSON.stringify(key)}: ${json}`;
  });
  const list = written.join(`,${separator}`);
  const before = isCompact && first === undefined ? '' : separator;
  // If the closing bracket is on the same line, it is moved to a new line.
  const needsLine = !isCompact && !source.slice(tail, close).includes('\n');
  const insertion = {
    offset: tail,
    length: needsLine ? close - tail : 0,
    content: `${before}${list}${hasTrailingComma ? ',' : ''}${needsLine ? `${lineEnd}${outer}` : ''}`,
  };
  if (last === undefined || hasTrailingComma) return [insertion];
  return tail === end
    ? [{ ...insertion, content: `,${insertion.content}` }]
    : [{ offset: end, length: 0, content: ',' }, insertion];
}

/** The indentation of the line at `offset`, up to `offset`. */
function indentAt(source: string, offset: number): string {
  const start = source.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/u.exec(source.slice(start, offset))?.[0] ?? '';
}
