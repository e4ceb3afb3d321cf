import type { TextRange } from '../../corpus/document.ts';
import type { JsonValue } from '../../foundation/json.ts';
import type { UserError } from '../../foundation/userError.ts';
import { brokenModel, quoted } from '../brokenModel.ts';
import { addedSplitter } from './addedTokens.ts';
import { bytePairs, type BytePiece } from './bytePairs.ts';
import { specialIds } from './special.ts';
import type { Tokenizer, TokenizerFiles } from './types.ts';
import { malformed } from './vocabulary.ts';
import { cached, wordEncoder } from './wordEncoder.ts';

/**
 * GPT-2's words, each with the space before it. Its `\s` means Unicode's white space, which differs from JavaScript's.
 */
const words =
  /'(?:s|t|re|ve|m|ll|d)| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;

/**
 * RoBERTa's tokenizer, with the same results as Hugging Face's `tokenizers` (golden-tested). The offsets of a token do
 * not include the space before its word, as with `trim_offsets`. If a token is part of a character, its offsets are
 * those of the whole character.
 *
 * `encodeWords` puts a space before each word, even without `add_prefix_space`, as Hugging Face's token classification
 * does.
 */
export function byteLevelTokenizer(files: TokenizerFiles): Tokenizer {
  checkKind(files);
  const { added, model, vocabulary, preTokenizer } = files;
  const ids = specialIds(files);
  const pieces = cached(
    bytePairs({ vocabulary, merges: readMerges(model['merges'], files.file), unkId: ids.unkId }),
  );
  // There is no normalizer, but tokens that would be found after it are found later.
  const splitBefore = addedSplitter(added.filter(({ normalized }) => !normalized));
  const splitAfter = addedSplitter(added.filter(({ normalized }) => normalized));
  const prefixesText = preTokenizer['add_prefix_space'] === true;

  function encodeText(text: string, prefixes: boolean): { ids: number[]; offsets: TextRange[] } {
    const tokens: number[] = [];
    const offsets: TextRange[] = [];
    for (const part of splitBefore(text)) {
      if (part.id !== undefined) pushAdded(part.id, part);
      else {
        for (const { id, start, end } of splitAfter(text.slice(part.start, part.end))) {
          const range = { start: part.start + start, end: part.start + end };
          if (id !== undefined) pushAdded(id, range);
          else encodePart(text.slice(range.start, range.end), range.start, prefixes);
        }
      }
    }
    return { ids: tokens, offsets };

    function pushAdded(id: number, range: TextRange): void {
      tokens.push(id);
      // Its offsets do not include the white space that lstrip or rstrip added to it.
      const taken = text.slice(range.start, range.end);
      const start = range.end - taken.trimStart().length;
      offsets.push({ start, end: range.start + taken.trimEnd().length });
    }

    function encodePart(part: string, base: number, prefixed: boolean): void {
      const prefix = prefixed && part !== '' && !part.startsWith(' ') ? ' ' : '';
      for (const match of (prefix + part).matchAll(words)) {
        const [word] = match;
        const start = base + match.index - prefix.length;
        const places = bytePlaces(word);
        for (const piece of pieces(word)) {
          tokens.push(piece.id);
          offsets.push(trimmed(piece, places, start, base));
        }
      }
    }
  }

  return {
    ...ids,
    encode: (text) => encodeText(text, prefixesText),
    encodeWords: wordEncoder((word) => encodeText(word, true).ids, ids.unkId),
  };
}

/** The range of a piece in the text, without the spaces at its ends. */
function trimmed(
  { start, end, leadingBlanks, trailingBlanks }: BytePiece,
  places: readonly TextRange[] | undefined,
  word: number,
  least: number,
): TextRange {
  const from = word + (places === undefined ? start : (places[start] as TextRange).start);
  const to = word + (places === undefined ? end : (places[end - 1] as TextRange).end);
  // A space that was added before the text has no offset in it.
  const first = Math.max(least, Math.min(from + leadingBlanks, to));
  return { start: first, end: Math.max(to - trailingBlanks, first) };
}

/** By byte: the range of its character, in UTF-16 units of the word; undefined if the word is ASCII. */
function bytePlaces(word: string): readonly TextRange[] | undefined {
  // oxlint-disable-next-line no-control-regex
  if (/^[\u0000-\u007f]*$/.test(word)) return undefined;
  const places: TextRange[] = [];
  let start = 0;
  for (const character of word) {
    const place = { start, end: start + character.length };
    const code = character.codePointAt(0) as number;
    const bytes = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
    for (let i = 0; i < bytes; i++) places.push(place);
    start = place.end;
  }
  return places;
}

/** Pairs as text, `left right`, or (newer files) as lists of two. */
function readMerges(merges: JsonValue | undefined, file: string): string[] {
  if (!Array.isArray(merges)) throw malformed(file, 'model.merges is not a list');
  return merges.map((pair: JsonValue) => {
    const text = Array.isArray(pair) ? pair.join(' ') : pair;
    if (typeof text !== 'string' || text.split(' ').length !== 2) {
      throw malformed(file, 'model.merges contains something that is not a pair');
    }
    return text;
  });
}

/** Refuses similar tokenizers, for which the results would be wrong. */
function checkKind({ file, normalizer, preTokenizer, model }: TokenizerFiles): void {
  const fail = (what: string): UserError =>
    brokenModel(
      file,
      `Byte-pair tokenizers with ${what} are not supported.`,
      'Choose a RoBERTa or BERT model.',
    );
  if (normalizer['type'] !== undefined) throw fail(`the normalizer ${quoted(normalizer['type'])}`);
  if (preTokenizer['type'] !== 'ByteLevel' || preTokenizer['use_regex'] === false) {
    throw fail(`the pre-tokenizer ${quoted(preTokenizer['type'])}`);
  }
  for (const key of ['continuing_subword_prefix', 'end_of_word_suffix', 'byte_fallback', 'ignore_merges']) {
    const value = model[key];
    if (value !== undefined && value !== null && value !== '' && value !== false) throw fail(key);
  }
}
