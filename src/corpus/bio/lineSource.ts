import { type BioFormat, detectBioFormat } from './format.ts';

/** Lines (counted from 0, without line ends) that are read one at a time, so that a whole file is never copied. */
export interface LineSource {
  readonly lineCount: number;
  lineText(line: number): string;
}

const sampleLines = 100;

/** The layout of a BIO file, guessed from its first lines. */
export function formatOfLines(source: LineSource): BioFormat {
  return detectBioFormat(firstLines(source, sampleLines));
}

/** At most `count` lines from the start. */
export function firstLines(source: LineSource, count: number): string[] {
  const lines: string[] = [];
  for (let line = 0; line < Math.min(count, source.lineCount); line++) lines.push(source.lineText(line));
  return lines;
}
