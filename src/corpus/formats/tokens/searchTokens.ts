import type { TextRange } from '../../document.ts';

/** The places of tokens in a text, each searched behind the one before it; undefined if one is not there. */
export function searchTokens(text: string, words: readonly string[]): readonly TextRange[] | undefined {
  const tokens: TextRange[] = [];
  let end = 0;
  for (const word of words) {
    const start = text.indexOf(word, end);
    if (start === -1) return undefined;
    end = start + word.length;
    tokens.push({ start, end });
  }
  return tokens;
}
