import { overlap } from '../corpus/document.ts';
import type { IdentifierFinding } from './identifierKinds.ts';
import { findIdentifiers } from './identifiers.ts';

/**
 * Spaces that are only there because a text was split into tokens ("04 / 17 / 1952", "Dr . Hollis", "94 - year - old").
 * The space after a full stop and before a capital is not one of them: a sentence may begin there.
 */
const tokenBlank =
  /(?<=[\p{L}\p{N}])\x20(?=[-/@_\u2013]\x20[\p{L}\p{N}])|(?<=[\p{L}\p{N}]\x20[-/@_\u2013])\x20(?=[\p{L}\p{N}])|(?<=\S)\x20(?=[.,;:!?)\]](?:\x20|$))|(?<=[\p{L}\p{N}]\x20[.:'\u2019])(?<!\b(?:mrs?|ms|dr)\x20\.)\x20(?=[\p{Ll}\p{N}])|(?<=[([+])\x20(?=\S)|(?<=\p{L})\x20(?=['\u2019](?:s\b|\x20))/gu;

/** Runs `findIdentifiers` on a text as it is and without the spaces between its tokens, and merges the findings. */
export function findInTokens(text: string): readonly IdentifierFinding[] {
  const found = findIdentifiers(text);
  const closed = withoutTokenBlanks(text);
  if (closed === undefined) return found;
  const more = findIdentifiers(closed.text)
    .map(({ kind, start, end }) => ({ kind, start: closed.placeOf(start), end: closed.placeOf(end - 1) + 1 }))
    .filter((finding) => !found.some((known) => overlap(known, finding)));
  return more.length === 0 ? found : [...found, ...more].sort((a, b) => a.start - b.start);
}

/** The text without these spaces, and how to map its offsets back; undefined if the text has none. */
function withoutTokenBlanks(
  text: string,
): { readonly text: string; readonly placeOf: (place: number) => number } | undefined {
  const blanks = [...text.matchAll(tokenBlank)].map(({ index }) => index);
  if (blanks.length === 0) return undefined;
  const parts: string[] = [];
  /** Where each part begins in the text without the spaces. */
  const starts: number[] = [];
  let from = 0;
  for (const blank of [...blanks, text.length]) {
    starts.push(from - parts.length);
    parts.push(text.slice(from, blank));
    from = blank + 1;
  }
  const placeOf = (place: number): number => {
    let low = 0;
    for (let high = starts.length; high - low > 1;) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= place) low = middle;
      else high = middle;
    }
    return place + low;
  };
  return { text: parts.join(''), placeOf };
}
