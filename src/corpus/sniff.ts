import path from 'node:path';
import { parseTag } from './bio/tag.ts';
import { parseBioLine } from './bio/line.ts';
import { detectBioFormat } from './bio/format.ts';
import { linesOf } from './lines.ts';

export type CorpusFormat = 'bio' | 'brat' | 'jsonl' | 'relations' | 'text';

const byExtension: Readonly<Record<string, CorpusFormat>> = {
  '.bio': 'bio',
  '.conll': 'bio',
  '.iob': 'bio',
  '.iob2': 'bio',
  '.ann': 'brat',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
};

const sampleSize = 200;

/**
 * Detects the format of a file from its extension or, if that says little (.tsv, .txt), from its first lines, of which
 * nine out of ten must agree. `head` may end in the middle of a line. Does not check whether a .txt file has an .ann file.
 */
export function sniffFormat(file: string, head: string): CorpusFormat {
  const known = byExtension[path.extname(file).toLowerCase()];
  if (known !== undefined) return known;
  const lines = headLines(head);
  if (lines.length === 0) return 'text';
  if (lines[0]?.trimStart().startsWith('{"')) return 'jsonl';
  if (looksLikeBio(lines)) return 'bio';
  return nearlyAll(lines, (line) => line.includes('\t')) && path.extname(file).toLowerCase() !== '.txt'
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

function nearlyAll(lines: readonly string[], holds: (line: string) => boolean): boolean {
  return lines.filter(holds).length * 10 >= lines.length * 9;
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
