import type { LineSource } from '../../../src/corpus/bio/lineSource.ts';

/** A text as lines, counting how many are read. */
export function linesOfText(text: string): LineSource & { readonly read: () => number } {
  const lines = text.split('\n');
  let read = 0;
  return {
    lineCount: lines.length,
    lineText: (line) => {
      read++;
      return lines[line] ?? '';
    },
    read: () => read,
  };
}
