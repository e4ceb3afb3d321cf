import type { JsonObject, JsonValue } from '../../foundation/json.ts';
import { linesBesides } from '../brat/keptLines.ts';
import type { Document, TextRange } from '../document.ts';
import { codePointOffsets, type CodePointOffsets } from '../offsets.ts';
import { isPretokenised, splitAtSpaces } from '../pretokenised.ts';

/** The record of a document. It lists the tokens, as Prodigy does, only if they do not follow from the text. */
export function documentToRecord(document: Document): JsonObject {
  const offsets = codePointOffsets(document.text);
  const { pretokenised, ...meta } = metaOf(document);
  const split = isPretokenised(document) ? splitAtSpaces(document.text) : undefined;
  const isImplied =
    split !== undefined &&
    sameRanges(split.tokens, document.tokens) &&
    sameRanges(split.sentences, document.sentences);
  return {
    id: document.id,
    text: document.text,
    spans: document.spans.map(({ fragments, start, end, ...rest }) => ({
      ...pair({ start, end }, offsets),
      ...rest,
      ...(fragments === undefined ? {} : { fragments: fragments.map((part) => pair(part, offsets)) }),
    })),
    relations: document.relations.map((relation) => ({ ...relation })),
    ...(document.attributes.length === 0
      ? {}
      : { attributes: document.attributes.map((attribute) => ({ ...attribute })) }),
    ...(isImplied || document.tokens === undefined
      ? {}
      : { tokens: listTokens(document, document.tokens, offsets) }),
    ...(isImplied || document.sentences === undefined
      ? {}
      : { sentences: document.sentences.map((sentence) => pair(sentence, offsets)) }),
    meta: isImplied && pretokenised !== undefined ? { ...meta, pretokenised } : meta,
  };
}

/** The `meta` of a document, with the lines of its brat file that the record has no other field for. */
function metaOf(document: Document): JsonObject {
  const brat = linesBesides(document);
  return brat.length === 0 ? document.meta : { ...document.meta, brat };
}

function pair({ start, end }: TextRange, offsets: CodePointOffsets): { start: number; end: number } {
  return { start: offsets.toCodePoint(start), end: offsets.toCodePoint(end) };
}

function listTokens(
  document: Document,
  tokens: readonly TextRange[],
  offsets: CodePointOffsets,
): readonly JsonValue[] {
  return tokens.map((token, id) => ({
    text: document.text.slice(token.start, token.end),
    ...pair(token, offsets),
    id,
  }));
}

function sameRanges(split: readonly TextRange[], given: readonly TextRange[] | undefined): boolean {
  return (
    given?.length === split.length &&
    split.every(({ start, end }, index) => given[index]?.start === start && given[index].end === end)
  );
}
