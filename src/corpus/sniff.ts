import path from 'node:path';
import { parseTag } from './bio/tag.ts';
import { parseBioLine } from './bio/line.ts';
import { detectBioFormat } from './bio/format.ts';
import { tryParseJson } from '../foundation/json.ts';
import { looksLikeConllu } from './formats/conllu/read.ts';
import { looksLikeI2b2 } from './formats/i2b2/read.ts';
import { linesOf } from './lines.ts';
import { nearlyAll } from './nearlyAll.ts';
import { otherFormat } from './otherFormats.ts';
import { isUnknown } from './unknownForm.ts';

/**
 * `i2b2`: a file of annotations beside a text. `other`: see `otherFormat`. `unknown`: neither a format that Chartmark reads
 * nor a plain text.
 */
export type CorpusFormat = 'bio' | 'brat' | 'jsonl' | 'relations' | 'text' | 'i2b2' | 'other' | 'unknown';

const byExtension: Readonly<Record<string, CorpusFormat>> = {
  '.bio': 'bio',
  '.conll': 'bio',
  '.iob': 'bio',
  '.iob2': 'bio',
  '.ann': 'brat',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
};

/** Extensions of token lines that may also be CoNLL-U. */
const conll = new Set(['.conll', '.conllu']);

/** The annotation files of i2b2, beside a text. */
export const i2b2Extensions: ReadonlySet<string> = new Set(['.con', '.ast', '.rel']);

const sampleSize = 200;

/**
 * Detects the format of a file from its extension or, if that says little (.tsv, .txt), from its content. Token lines and
 * rows are recognised by the first lines, of which nine out of ten must agree. `head` may end in the middle of a line. Does
 * not check whether a .txt file has annotations beside it.
 */
export function sniffFormat(file: string, head: string): CorpusFormat {
  const extension = path.extname(file).toLowerCase();
  if (conll.has(extension) && looksLikeConllu(head)) return 'other';
  const known = byExtension[extension];
  if (known !== undefined) return known;
  if (i2b2Extensions.has(extension) && looksLikeI2b2(head)) return 'i2b2';
  const lines = headLines(head);
  if (lines.length === 0) return isUnknown(extension, head) ? 'unknown' : 'text';
  if (
    extension !== '.json' &&
    lines[0]?.trimStart().startsWith('{"') &&
    tryParseJson(lines[0]) !== undefined
  ) {
    return 'jsonl';
  }
  if (otherFormat(head) !== undefined) return 'other';
  if (looksLikeBio(lines)) return 'bio';
  if (isUnknown(extension, head)) return 'unknown';
  return nearlyAll(lines, (line) => line.includes('\t')) && extension !== '.txt'
    ? 'relations'
    : looksLikeRelations(lines);
}

function headLines(head: string): string[] {
  const lines: string[] = [];
  for (const { start, end, next } of linesOf(head)) {
    const cut = end === head.length && next === head.length && lines.length > 0;
    const line = head.slice(start, end);
    if (!cut && line.trim() !== '') lines.push(line);
    if (lines.length === sampleSize) break;
  }
  return lines;
}

function looksLikeBio(lines: readonly string[]): boolean {
  const format = detectBioFormat(lines);
  let tokens = 0;
  let broken = 0;
  for (const line of lines) {
    const { kind } = parseBioLine(line, format);
    if (kind === 'token') tokens++;
    if (kind === 'broken') broken++;
  }
  return tokens > 0 && tokens >= broken * 9;
}

/** A .txt file contains relation rows if nearly all labels are one word and nearly all sentences are more. */
function looksLikeRelations(lines: readonly string[]): 'relations' | 'text' {
  const rows = nearlyAll(lines, (line) => {
    const columns = line.split('\t');
    const label = columns[1] ?? '';
    return (
      columns.length === 2 &&
      /^\S+$/u.test(label) &&
      parseTag(label) === undefined &&
      /\S\s+\S/u.test(columns[0] ?? '')
    );
  });
  return rows ? 'relations' : 'text';
}

/**
 * Whether the first lines of a .txt or .tsv file can only be BIO: every line fits, and there are enough tags to be sure.
 * Notes and tables must never be mistaken for BIO, so the answer is no if in doubt.
 */
export function isClearlyBio(lines: readonly string[]): boolean {
  const format = detectBioFormat(lines);
  let tokens = 0;
  let tagged = 0;
  for (const line of lines) {
    const parsed = parseBioLine(line, format);
    if (parsed.kind === 'broken') return false;
    if (parsed.kind !== 'token') continue;
    tokens++;
    if (parsed.prefix !== 'O') tagged++;
  }
  return tokens >= 3 && (tagged > 0 || tokens >= 20);
}
