import type { TextRange } from '../../corpus/document.ts';
import type { UserError } from '../../foundation/userError.ts';
import { brokenModel, quoted } from '../brokenModel.ts';
import { addedSplitter } from './addedTokens.ts';
import { bertNormalizer, type NormalizedText } from './bertNormalizer.ts';
import { specialIds } from './special.ts';
import type { Tokenizer, TokenizerFiles } from './types.ts';
import { cached, wordEncoder } from './wordEncoder.ts';
import { wordPiece } from './wordPiece.ts';

/** A word of `BertPreTokenizer`: one punctuation mark, or a run of other characters except white space. */
const words = /[!-/:-@[-`{-~\p{P}]|[^!-/:-@[-`{-~\p{P}\p{White_Space}]+/gu;

/**
 * BERT's tokenizer, cased or uncased, with the same results as Hugging Face's `tokenizers` (golden-tested). Existing
 * JavaScript tokenizers do not return offsets, which annotation needs.
 */
export function bertTokenizer(files: TokenizerFiles): Tokenizer {
  const { vocabulary } = files;
  const normalize = bertNormalizer(normalizerOptions(files));
  if (files.preTokenizer['type'] !== 'BertPreTokenizer') {
    throw unsupported(files, `pre-tokenizer ${quoted(files.preTokenizer['type'])}`);
  }
  const special = specialIds(files);
  const { unkId } = special;
  const { continuing_subword_prefix: prefix, max_input_chars_per_word: longest } = files.model;
  const pieces = wordPiece({
    vocabulary,
    unkId,
    continuingPrefix: typeof prefix === 'string' ? prefix : '##',
    longestWord: typeof longest === 'number' ? longest : 100,
  });
  const splitBefore = addedSplitter(files.added.filter(({ normalized }) => !normalized));
  const splitAfter = addedSplitter(
    files.added.flatMap((token) => {
      const content = token.normalized ? normalize(token.content).text : '';
      return content === '' ? [] : [{ ...token, content }];
    }),
  );

  function encode(text: string): { ids: number[]; offsets: TextRange[] } {
    const ids: number[] = [];
    const offsets: TextRange[] = [];
    const push = (id: number, start: number, end: number): void => {
      ids.push(id);
      offsets.push({ start, end });
    };
    for (const part of splitBefore(text)) {
      if (part.id === undefined) encodePart(text.slice(part.start, part.end), part.start, push);
      else push(part.id, part.start, part.end);
    }
    return { ids, offsets };
  }

  function encodePart(
    part: string,
    base: number,
    push: (id: number, start: number, end: number) => void,
  ): void {
    const normalized = normalize(part);
    const pushNormalized = (id: number, start: number, end: number): void => {
      const range = originalRange(normalized, start, end);
      push(id, base + range.start, base + range.end);
    };
    for (const { id, start, end } of splitAfter(normalized.text)) {
      if (id !== undefined) pushNormalized(id, start, end);
      else {
        for (const match of normalized.text.slice(start, end).matchAll(words)) {
          const wordStart = start + match.index;
          for (const piece of pieces(match[0])) {
            pushNormalized(piece.id, wordStart + piece.start, wordStart + piece.end);
          }
        }
      }
    }
  }

  return {
    encode,
    encodeWords: wordEncoder(
      cached((word) => encode(word).ids),
      unkId,
    ),
    ...special,
  };
}

function originalRange({ starts, ends }: NormalizedText, start: number, end: number): TextRange {
  return { start: starts[start] as number, end: ends[end - 1] as number };
}

function normalizerOptions(files: TokenizerFiles) {
  const {
    type,
    clean_text: cleanText,
    handle_chinese_chars: handleChineseChars,
    strip_accents: stripAccents,
    lowercase,
  } = files.normalizer;
  if (type !== 'BertNormalizer') throw unsupported(files, `normalizer ${quoted(type)}`);
  return {
    cleanText: cleanText !== false,
    handleChineseChars: handleChineseChars !== false,
    // If not given, uncased models strip accents.
    stripAccents: typeof stripAccents === 'boolean' ? stripAccents : lowercase !== false,
    lowercase: lowercase !== false,
  };
}

function unsupported(files: TokenizerFiles, what: string): UserError {
  return brokenModel(
    files.file,
    `WordPiece tokenizers with the ${what} are not supported.`,
    'Choose a BERT model.',
  );
}
