import type { JsonObject } from '../foundation/json.ts';
import type { Document, TextRange } from './document.ts';

/**
 * The `meta` of a document from token lines: spaces separate its tokens, line ends its sentences, and empty lines the
 * texts of its file. JSON lines then need not list every token.
 */
export const pretokenised: JsonObject = { pretokenised: true };

export function isPretokenised(document: Pick<Document, 'meta'>): boolean {
  return document.meta['pretokenised'] === true;
}

/** Tokens and sentences of a pretokenised text. */
export function splitAtSpaces(text: string): {
  readonly tokens: readonly TextRange[];
  readonly sentences: readonly TextRange[];
} {
  return { tokens: ranges(text, /[^ \n]+/gu), sentences: ranges(text, /[^\n]+/gu) };
}

/**
 * For each sentence (a list of tokens), the number, from 1, of the text that it belongs to. Only a document from token
 * lines has several texts.
 */
export function textNumbers(
  document: Pick<Document, 'text' | 'meta'>,
  sentences: readonly (readonly TextRange[])[],
): readonly number[] {
  if (!isPretokenised(document)) return sentences.map(() => 1);
  let text = 1;
  let end = 0;
  return sentences.map((tokens, index) => {
    const start = tokens[0]?.start ?? end;
    if (index > 0 && document.text.slice(end, start).includes('\n\n')) text++;
    end = tokens.at(-1)?.end ?? start;
    return text;
  });
}

function ranges(text: string, pattern: RegExp): TextRange[] {
  return Array.from(text.matchAll(pattern), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}
