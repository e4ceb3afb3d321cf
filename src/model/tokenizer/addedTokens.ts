import type { TextRange } from '../../corpus/document.ts';
import type { AddedToken } from './types.ts';

/** A part of a text: an added token if it has an `id`, otherwise text for the vocabulary. */
interface Part extends TextRange {
  readonly id?: number;
}

type Added = Omit<AddedToken, 'normalized'>;

/** What Rust's `\w` means: letters with their marks, digits, connectors, joiners. */
const wordBefore = /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]$/u;
const wordAfter = /^[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]/u;

/**
 * A function that splits a text at its added tokens, such as `[MASK]` (leftmost first, then the longest), as Hugging
 * Face's tokenizers do (`AddedVocabulary::find_matches`). With lstrip or rstrip, a token includes the white space before
 * or after it.
 */
export function addedSplitter(added: readonly Added[]): (text: string) => Part[] {
  // Of two with the same content after normalisation, the first is found.
  const byContent = new Map(added.toReversed().map((token) => [token.content, token]));
  // A vocabulary may have many thousand added tokens, but they have few different lengths.
  const lengthsByFirst = new Map<number, readonly number[]>();
  for (const [first, tokens] of Map.groupBy(added, ({ content }) => content.charCodeAt(0))) {
    const lengths = new Set(tokens.map(({ content }) => content.length));
    lengthsByFirst.set(
      first,
      [...lengths].sort((a, b) => b - a),
    );
  }
  const tokenAt = (text: string, at: number): Added | undefined => {
    for (const length of lengthsByFirst.get(text.charCodeAt(at)) ?? []) {
      const found = byContent.get(text.slice(at, at + length));
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return (text) => {
    const parts: Part[] = [];
    let start = 0;
    let position = 0;
    while (position < text.length) {
      const here = position;
      const found = tokenAt(text, here);
      position += found?.content.length ?? 1;
      if (found === undefined || (found.singleWord === true && !standsAlone(text, here, position))) continue;
      const from = found.lstrip === true ? start + text.slice(start, here).trimEnd().length : here;
      if (found.rstrip === true) position = text.length - text.slice(position).trimStart().length;
      if (start < from) parts.push({ start, end: from });
      parts.push({ start: from, end: position, id: found.id });
      start = position;
    }
    if (start < text.length || parts.length === 0) parts.push({ start, end: text.length });
    return parts;
  };
}

/** Two units are enough to see the character before or after a place. */
function standsAlone(text: string, start: number, end: number): boolean {
  return (
    !wordBefore.test(text.slice(Math.max(0, start - 2), start)) && !wordAfter.test(text.slice(end, end + 2))
  );
}
