import { parseBio } from './bio/file.ts';
import { readUtf8 } from './decode.ts';
import { parseJsonl } from './jsonl.ts';
import { lineIndex, lineTexts } from './lines.ts';
import { otherFormat } from './otherFormats.ts';
import { strictContext } from './readContext.ts';
import { expandPaths, type RunFolders } from './paths.ts';
import { parseRelationRows } from './relationRows.ts';
import { sniffFormat } from './sniff.ts';

/** A text from a file. `lineAt` maps an offset in the text to a line of the file, counted from 1. */
export interface LocatedText {
  readonly file: string;
  readonly text: string;
  readonly lineAt: (offset: number) => number;
}

/** The texts of files, folders and globs in any format; .ann files have none. Throws `UserError`. */
export async function locatedTexts(
  paths: readonly string[],
  runs: RunFolders,
): Promise<readonly LocatedText[]> {
  const texts: LocatedText[] = [];
  for (const { file } of await expandPaths(paths, runs)) {
    const source = await readUtf8(file);
    const format = sniffFormat(file, source);
    if (format === 'text' || format === 'unknown')
      texts.push({ file, text: source, lineAt: lineIndex(source) });
    if (format === 'other') texts.push(...otherTexts(file, source));
    if (format === 'bio') texts.push(bioText(file, source));
    if (format === 'jsonl') texts.push(...jsonTexts(file, source));
    if (format === 'relations') texts.push(...rowTexts(file, source));
  }
  return texts;
}

function bioText(file: string, source: string): LocatedText {
  const { tokens } = parseBio(source, { file });
  const starts: number[] = [];
  let text = '';
  for (const { start, end } of tokens) {
    starts.push(text.length);
    text += `${source.slice(start, end)} `;
  }
  const lineAt = (offset: number): number => {
    const token = tokens[starts.findLastIndex((start) => start <= offset)];
    return (token?.line ?? 0) + 1;
  };
  return { file, text, lineAt };
}

function jsonTexts(file: string, source: string): readonly LocatedText[] {
  return filledLines(source).flatMap(({ line, number }) =>
    parseJsonl(line, { file, firstLine: number }).map(({ text }) => ({ file, text, lineAt: () => number })),
  );
}

/** Where a text begins in such a file is not known. */
function otherTexts(file: string, source: string): readonly LocatedText[] {
  const documents = otherFormat(source)?.parse(source, strictContext(file, ''), {}) ?? [];
  return documents.map(({ text }) => ({ file, text, lineAt: () => 1 }));
}

function rowTexts(file: string, source: string): readonly LocatedText[] {
  const rows = parseRelationRows(source, { file });
  // The first line may be a header.
  const numbers = filledLines(source).slice(-rows.length);
  return rows.map(({ text }, index) => ({ file, text, lineAt: () => numbers[index]?.number ?? 1 }));
}

function filledLines(source: string): readonly { line: string; number: number }[] {
  return [...lineTexts(source)]
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== '');
}
