import { type BioFormat, detectBioFormat } from './format.ts';

/** Lines (counted from 0, without line ends) that are read one by one, so that no one copies a whole file. */
export interface LineSource {
  readonly lineCount: number;
  lineText(line: number): string;
}

/** How many lines the layout is guessed from. */
const sampleLines = 100;

/** The layout of a BIO file, by its first lines. */
export function formatOfLines(source: LineSource): BioFormat {
  return detectBioFormat(firstLines(source, sampleLines));
}

/** At most `count` lines from the start. */
export function firstLines(source: LineSource, count: number): string[] {
  const lines: string[] = [];
  for (let line = 0; line < Math.min(count, source.lineCount); line++) lines.push(source.lineText(line));
  return lines;
}
