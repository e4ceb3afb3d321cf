import type { TextRange } from '../../document.ts';
import { linesOf } from '../../lines.ts';
import { fitOf } from '../../quotedWords.ts';
import type { Field, TokenPlace } from './line.ts';

/** Ways to divide a line into tokens: at white space, or at each blank, so that two blanks enclose an empty token. */
const divisions = [/\S+/gu, /[^ ]*(?: |$)/gu];

/**
 * A function that finds the range of a place in UTF-16 units. The file does not say how it divides lines into tokens; the
 * division that fits most of the quoted words holds. A place that the text does not have is as near as possible.
 */
export function placeFinder(text: string, fields: readonly Field[]): (place: TokenPlace) => TextRange {
  const lines = [...linesOf(text)];
  const finders = divisions.map((division) => {
    const known = new Map<number, readonly TextRange[]>();
    return (place: TokenPlace): TextRange => {
      const [first, last] = [place.first, place.last].map(({ line, token }) => {
        const range = lines[line - 1];
        const tokens = known.get(line) ?? tokensOf(text, range, division);
        known.set(line, tokens);
        return tokens[token] ?? tokens.at(-1) ?? nearest(range, text);
      });
      const [start, end] = [first?.start ?? 0, last?.end ?? 0];
      return { start, end: Math.max(start, end) };
    };
  });
  const rated = finders.map((find) => ({
    find,
    fits: fields.filter((field) => fits(text, field, find)).length,
  }));
  const [best] = rated.toSorted((a, b) => b.fits - a.fits);
  return best?.find ?? (() => ({ start: 0, end: 0 }));
}

function tokensOf(text: string, line: TextRange | undefined, division: RegExp): readonly TextRange[] {
  if (line === undefined) return [];
  return Array.from(text.slice(line.start, line.end).matchAll(division), ({ 0: token, index }) => {
    const start = line.start + index;
    return { start, end: start + token.trimEnd().length };
  });
}

function nearest(line: TextRange | undefined, text: string): TextRange {
  return line ?? { start: text.length, end: text.length };
}

function fits(text: string, { place, value }: Field, find: (place: TokenPlace) => TextRange): boolean {
  if (place === undefined) return false;
  const { start, end } = find(place);
  return fitOf(text.slice(start, end), value) > 0;
}
