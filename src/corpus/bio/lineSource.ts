import type { TextRange } from '../document.ts';
import { allStyles, type BioFormat, type LayoutChoice, detectBioFormat } from './format.ts';
import { parseBioLine } from './line.ts';

/** Lines (counted from 0, without line ends) that are read one at a time, so that a whole file is never copied. */
export interface LineSource {
  readonly lineCount: number;
  lineText(line: number): string;
}

const sampleLines = 100;

/** The layout of a BIO file, guessed from its first lines where `layout` does not say it. */
export function formatOfLines(source: LineSource, layout: LayoutChoice = {}): BioFormat {
  return detectBioFormat(firstLines(source, sampleLines), layout, allStyles);
}

/** At most `count` lines from the start. */
export function firstLines(source: LineSource, count: number): string[] {
  const lines: string[] = [];
  for (let line = 0; line < Math.min(count, source.lineCount); line++) lines.push(source.lineText(line));
  return lines;
}

/** A line that belongs to a mention: the ranges of its token and its tag, and the label. */
export interface MarkedLine {
  readonly line: number;
  readonly token: TextRange;
  readonly tag: TextRange;
  readonly label: string;
}

/** The lines of mentions from `first` up to and without `last`. Reads those lines and no other. */
export function markedLines(
  source: LineSource,
  first: number,
  last: number,
  format: BioFormat,
): readonly MarkedLine[] {
  const marked: MarkedLine[] = [];
  for (let line = Math.max(0, first); line < Math.min(last, source.lineCount); line++) {
    const parsed = parseBioLine(source.lineText(line), format);
    if (parsed.kind !== 'token' || parsed.prefix === 'O') continue;
    marked.push({ line, token: parsed.token, tag: parsed.tag, label: parsed.label });
  }
  return marked;
}
