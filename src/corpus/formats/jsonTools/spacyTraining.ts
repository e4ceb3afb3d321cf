import { isJsonObject, type JsonObject, type JsonValue } from '../../../foundation/json.ts';
import type { TextRange } from '../../document.ts';
import { codePointOffsets } from '../../offsets.ts';
import { placeMentions } from '../../placeMentions.ts';
import type { ReadingNotes } from '../../readingNotes.ts';
import type { UnnamedDocument } from '../nameDocuments.ts';
import { type JoinedTokens, joinTokens } from '../tokens/joinTokens.ts';
import { searchTokens } from '../tokens/searchTokens.ts';
import { draftsOf, taggedRanges } from '../tokens/tagSpans.ts';
import { brokenRecord, listMember, otherMembers, textMember } from '../json/record.ts';

/** Whether a record is a document of spaCy 2's JSON for training: paragraphs of sentences of tokens with tags. */
export function isSpacyTraining(record: JsonValue): record is JsonObject {
  return (
    isJsonObject(record) &&
    listMember(record, 'paragraphs').some((item) => isJsonObject(item) && Array.isArray(item['sentences']))
  );
}

/** Reads such a document. The texts of its paragraphs are separated by an empty line. */
export function readSpacyTraining(record: JsonObject, line: number, notes: ReadingNotes): UnnamedDocument {
  let text = '';
  const tokens: TextRange[] = [];
  const sentences: TextRange[] = [];
  const ranges: (TextRange & { readonly label: string })[] = [];
  for (const paragraph of listMember(record, 'paragraphs')) {
    if (!isJsonObject(paragraph)) continue;
    const tagged = listMember(paragraph, 'sentences').map(readSentence);
    const placed = placeParagraph(textMember(paragraph, 'raw'), tagged);
    if (placed === undefined)
      throw brokenRecord(notes.file, line, 'a token is not in the "raw" text', 'Convert the data again.');
    text += text === '' ? '' : '\n\n';
    const base = text.length;
    const shift = ({ start, end }: TextRange): TextRange => ({ start: start + base, end: end + base });
    text += placed.text;
    let first = 0;
    for (const sentence of tagged) {
      const own = placed.tokens.slice(first, first + sentence.length).map(shift);
      for (const range of taggedRanges(
        own,
        sentence.map(({ tag }) => tag),
      ))
        ranges.push(range);
      first += sentence.length;
    }
    for (const token of placed.tokens) if (token.start < token.end) tokens.push(shift(token));
    for (const sentence of placed.sentences) sentences.push(shift(sentence));
    for (const name of ['cats', 'links'])
      if (name in paragraph) notes.leftOut(line, `list "${name}"`, `lists "${name}"`);
  }
  return {
    id: textMember(record, 'id'),
    text,
    tokens,
    sentences,
    spans: placeMentions(text, draftsOf(ranges, codePointOffsets(text), line), notes),
    relations: [],
    attributes: [],
    meta: otherMembers(record, 'id', 'paragraphs'),
  };
}

interface TaggedToken {
  readonly word: string;
  readonly tag: string;
}

function readSentence(sentence: JsonValue): readonly TaggedToken[] {
  return listMember(isJsonObject(sentence) ? sentence : {}, 'tokens').map((token) => {
    const object = isJsonObject(token) ? token : {};
    return { word: textMember(object, 'orth') ?? '', tag: textMember(object, 'ner') ?? '' };
  });
}

/**
 * Finds the tokens of a paragraph in its raw text, one after another. Without a raw text, they are joined by spaces.
 * Undefined if a token is not in the raw text.
 */
function placeParagraph(
  raw: string | undefined,
  sentences: readonly (readonly TaggedToken[])[],
): Pick<JoinedTokens, 'text' | 'tokens' | 'sentences'> | undefined {
  if (raw === undefined) return joinTokens(sentences.map((sentence) => sentence.map(({ word }) => word)));
  const tokens = searchTokens(
    raw,
    sentences.flat().map(({ word }) => word),
  );
  if (tokens === undefined) return undefined;
  let first = 0;
  const ranges = sentences.flatMap(({ length }) => {
    first += length;
    const [start, end] = [tokens[first - length]?.start ?? 0, tokens[first - 1]?.end ?? 0];
    return start < end ? [{ start, end }] : [];
  });
  return { text: raw, tokens, sentences: ranges };
}
