import type { JsonObject } from '../../../foundation/json.ts';
import type { Document, Span, TextRange } from '../../document.ts';
import { codePointOffsets, type CodePointOffsets } from '../../offsets.ts';
import { selectFlatSpans } from '../../spanSelection.ts';
import { conceptAttribute } from '../conceptRelations.ts';
import { continuousSpans, sumLosses, type WrittenFile } from '../losses.ts';

/**
 * Writes JSON lines as spaCy's `Doc.to_json` has them: text, entities, and tokens and sentences if the document has its
 * own. spaCy's entities must not overlap; the mentions that do are in the span group `sc`. Lost are discontinuous mentions,
 * relations, and attributes other than the concept.
 */
export function formatSpacy(documents: readonly Document[]): WrittenFile {
  const written = documents.map((document) => {
    const { kept, dropped } = continuousSpans(document);
    const losses = [
      { what: 'relation', count: document.relations.length },
      {
        what: 'attribute',
        count: document.attributes.filter(({ name }) => name !== conceptAttribute).length,
      },
    ];
    return { content: `${JSON.stringify(toRecord(document, kept))}\n`, dropped, losses };
  });
  return {
    content: written.map(({ content }) => content).join(''),
    dropped: written.flatMap(({ dropped }) => dropped),
    losses: sumLosses(written.flatMap(({ losses }) => losses)),
  };
}

function toRecord(document: Document, kept: readonly Span[]): JsonObject {
  const { id, text, meta, tokens, sentences } = document;
  const offsets = codePointOffsets(text);
  const { flat, dropped } = selectFlatSpans({ ...document, spans: kept });
  const concepts = new Map(
    document.attributes.flatMap(({ target, name, value = '' }) =>
      name === conceptAttribute && value !== '' ? [[target, value]] : [],
    ),
  );
  const toItem = ({ id: span, label, ...range }: Span): JsonObject => {
    const concept = concepts.get(span);
    return { ...toDisk(range, offsets), label, ...(concept === undefined ? {} : { kb_id: concept }) };
  };
  const others = dropped.map(({ span }) => toItem(span));
  return {
    id,
    text,
    ents: flat.map(toItem),
    ...(others.length === 0 ? {} : { spans: { sc: others } }),
    ...(tokens === undefined
      ? {}
      : { tokens: tokens.map((token, index) => tokenItem(token, index, offsets)) }),
    ...(sentences === undefined ? {} : { sents: sentences.map((sentence) => toDisk(sentence, offsets)) }),
    ...(Object.keys(meta).length === 0 ? {} : { meta }),
  };
}

function tokenItem(token: TextRange, id: number, offsets: CodePointOffsets): JsonObject {
  const { start, end } = toDisk(token, offsets);
  return { id, start, end };
}

function toDisk({ start, end }: TextRange, offsets: CodePointOffsets): { start: number; end: number } {
  return { start: offsets.toCodePoint(start), end: offsets.toCodePoint(end) };
}
