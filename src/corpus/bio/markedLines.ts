import { parseBioLine } from './line.ts';
import type { BioFormat } from './format.ts';
import type { TextRange } from '../document.ts';
import type { LineSource } from './lineSource.ts';

/** A line that belongs to a mention: the ranges of its token and its tag, and its label. */
export interface MarkedLine {
  readonly line: number;
  readonly token: TextRange;
  readonly tag: TextRange;
  readonly label: string;
}

/** The lines of mentions from `first` to `last`, which is excluded. Reads only those lines. */
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
