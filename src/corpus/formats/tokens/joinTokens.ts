import type { TextRange } from '../../document.ts';
import { pretokenised } from '../../pretokenised.ts';
import type { UnnamedDocument } from '../nameDocuments.ts';

/** A text made of tokens. */
export interface JoinedTokens extends Pick<UnnamedDocument, 'text' | 'meta'> {
  readonly sentences: readonly TextRange[];
  /** One range for each token, also for an empty one. */
  readonly tokens: readonly TextRange[];
}

/** Joins tokens by spaces and sentences by line ends, as a BIO file is read. */
export function joinTokens(sentences: readonly (readonly string[])[]): JoinedTokens {
  const filled = sentences.filter((sentence) => sentence.length > 0);
  const tokens: TextRange[] = [];
  const ranges: TextRange[] = [];
  let at = 0;
  for (const sentence of filled) {
    const start = at;
    for (const token of sentence) {
      tokens.push({ start: at, end: at + token.length });
      at += token.length + 1;
    }
    ranges.push({ start, end: at - 1 });
  }
  return {
    text: filled.map((sentence) => sentence.join(' ')).join('\n'),
    tokens,
    sentences: ranges.filter(({ start, end }) => start < end),
    meta: filled.flat().every((token) => /^\S+$/u.test(token)) ? pretokenised : {},
  };
}
