import type { TextRange } from '../../corpus/document.ts';
import type { AddedToken } from './types.ts';

/** A stretch of text; with `id` it is an added token, without it is for the vocabulary. */
interface Part extends TextRange {
  readonly id?: number;
}

/**
 * Cuts out the added tokens (leftmost first, at one place the longest), as Hugging Face's tokenizers do
 * with `[MASK]` or a marker that was added to the vocabulary. Of their options, lstrip and rstrip take in
 * the white space around; single_word, off in the models of this family, is not looked at.
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
