import type { TextRange } from '../../corpus/document.ts';
import type { AddedToken } from './types.ts';

/** A part of a text: an added token if it has an `id`, otherwise text for the vocabulary. */
interface Part extends TextRange {
  readonly id?: number;
}

/**
 * Splits a text at its added tokens, such as `[MASK]` (leftmost first, then the longest), as Hugging Face's tokenizers
 * do. With lstrip or rstrip, a token includes the white space before or after it. The option single_word is ignored,
 * because models of this family do not use it.
 */
export function splitAdded(text: string, added: readonly Omit<AddedToken, 'normalized'>[]): Part[] {
  const whole = { start: 0, end: text.length };
  if (!added.some(({ content }) => text.includes(content))) return [whole];
  const longestFirst = [...added].sort((a, b) => b.content.length - a.content.length);
  const parts: Part[] = [];
  let start = 0;
  let position = 0;
  while (position < text.length) {
    const here = position;
    const found = longestFirst.find(({ content }) => text.startsWith(content, here));
    if (found === undefined) {
      position++;
    } else {
      const from = found.lstrip === true ? start + text.slice(start, here).trimEnd().length : here;
      const end = here + found.content.length;
      position = found.rstrip === true ? text.length - text.slice(end).trimStart().length : end;
      if (start < from) parts.push({ start, end: from });
      parts.push({ start: from, end: position, id: found.id });
      start = position;
    }
  }
  if (start < text.length) parts.push({ start, end: text.length });
  return parts;
}
