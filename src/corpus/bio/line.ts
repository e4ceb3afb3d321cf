import type { TextRange } from '../document.ts';
import { columnsOf, tagColumnIndex } from './columns.ts';
import type { BioFormat } from './format.ts';
import { type BioPrefix, parseTag } from './tag.ts';

/** A token with its tag. Ranges are UTF-16 offsets in the line. Prefixes are normalised (L to E, U to S, M to I). */
export interface BioTokenLine {
  readonly kind: 'token';
  readonly token: TextRange;
  readonly tag: TextRange;
  readonly prefix: BioPrefix;
  readonly label: string;
  /** How many columns the line has. */
  readonly columns: number;
}

/** One line of a BIO file. `reason` is a clause for the user that never quotes the line. */
export type BioLine =
  | BioTokenLine
  | { readonly kind: 'blank' }
  | { readonly kind: 'comment' }
  | { readonly kind: 'docstart' }
  | { readonly kind: 'broken'; readonly reason: string };

const blank: BioLine = { kind: 'blank' };
const comment: BioLine = { kind: 'comment' };
const docstart: BioLine = { kind: 'docstart' };

/** In UTF-16 units. A longer line is a mistake in the file, not a token. */
const longestBioLine = 1_000_000;

/**
 * Reads one line, without its line end. Must be fast: the editor calls it on every keystroke.
 *
 * A line that starts with `#` is a comment unless it is a valid token line with a tag in the tag column and, if known,
 * the file's number of columns. So `#<TAB>O` is a token and `# sent_id = 12` is not.
 */
export function parseBioLine(line: string, format?: BioFormat): BioLine {
  if (line.length > longestBioLine) return broken('the line has more than a million characters');
  const columns = columnsOf(line, separatorOf(line, format));
  const first = columns[0];
  if (first === undefined) return blank;
  if (line.startsWith('-DOCSTART-', first.start)) return docstart;
  if (line === format?.header) return comment;
  const parsed = parseColumns(line, columns, format);
  if (line.charAt(0) !== '#') return parsed;
  const expected = format?.columns ?? columns.length;
  return parsed.kind === 'token' && columns.length === expected ? parsed : comment;
}

/** In a file with tabs, a line without any is split at spaces, so that one slip does not hide the tag. */
function separatorOf(line: string, format: BioFormat | undefined): 'tab' | 'space' {
  return format?.separator !== 'space' && line.includes('\t') ? 'tab' : 'space';
}

function parseColumns(line: string, columns: readonly TextRange[], format: BioFormat | undefined): BioLine {
  const index = tagColumnIndex(columns.length, format?.tagColumn ?? -1);
  const tag = index === undefined ? undefined : columns[index];
  if (tag === undefined) return broken('there is no tag next to the token');
  const token = columns[format?.wordColumn ?? (index === 0 ? 1 : 0)];
  if (token === undefined || token.start === token.end) return broken('the token is empty');
  const parsed = parseTag(line.slice(tag.start, tag.end), format?.tagStyle);
  if (parsed === undefined) return broken('the tag column has no valid tag (such as O, B-Label or I-Label)');
  return {
    kind: 'token',
    token,
    tag,
    prefix: parsed.prefix,
    label: parsed.label,
    columns: columns.length,
  };
}

/** The error sentence and the next step for a broken line. */
export function brokenLineMessage(reason: string): readonly [message: string, nextStep: string] {
  return [
    `This line cannot be read as BIO: ${reason}.`,
    'Write a token, a tab and its tag, or leave the line empty to end the sentence.',
  ];
}

function broken(reason: string): BioLine {
  return { kind: 'broken', reason };
}
