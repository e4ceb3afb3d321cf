import type { Attribute, Span } from '../../document.ts';
import { type MentionDraft, placeMentions } from '../../placeMentions.ts';
import type { ReadingNotes } from '../../readingNotes.ts';
import { conceptAttribute, joinConcepts } from '../conceptRelations.ts';
import type { UnnamedDocument } from '../nameDocuments.ts';
import type { BiocAnnotation, BiocPart, Infons } from './model.ts';
import { gapsBetween, type Piece, piecesOf } from './pieces.ts';
import { conceptRelation, mentionRelations, relationsIn } from './relations.ts';

const labelNames = ['type', 'label', 'entity_type', 'class', 'category'];
const conceptNames = new Set(['identifier', 'mesh', 'concept_id', 'ncbi gene', 'ncbigene', 'conceptid']);

/**
 * The document for a part of a BioC file. Line ends fill the gaps between its passages, so that offsets stay right.
 * The label of an annotation is its property `type`; its concept and its other properties become attributes.
 */
export function toDocument(part: BiocPart, notes: ReadingNotes): UnnamedDocument {
  const pieces = piecesOf(part);
  const gaps = gapsBetween(pieces);
  const spans: Span[] = [];
  const attributes: Attribute[] = [];
  const spanIds = new Map<string, string>();
  let text = '';
  for (const [index, piece] of pieces.entries()) {
    text += gaps[index] ?? '';
    const base = text.length;
    const ids = piece.annotations.map((annotation, place) => {
      const id = `T${spans.length + place + 1}`;
      if (!spanIds.has(annotation.id)) spanIds.set(annotation.id, id);
      return id;
    });
    for (const span of placePiece(piece, ids, notes)) spans.push(shift(span, base));
    for (const [place, { infons }] of piece.annotations.entries())
      addAttributes(attributes, ids[place] ?? '', infons);
    text += piece.text;
  }
  for (const { infons, line } of part.parts) {
    for (const name of infons.keys())
      notes.leftOut(line, `property "${name}" of a passage`, `properties "${name}" of passages`);
  }
  const { relations, meta } = readRelations(part, spans, attributes, spanIds, notes);
  return {
    id: part.id,
    text,
    spans,
    relations,
    attributes,
    meta: { ...Object.fromEntries(part.infons), ...meta },
  };
}

function placePiece(
  { text, offset, annotations }: Piece,
  ids: readonly string[],
  notes: ReadingNotes,
): readonly Span[] {
  const drafts = annotations.map((annotation, index): MentionDraft => ({
    id: ids[index] ?? '',
    label: labelOf(annotation),
    ranges: annotation.locations.map((location) => ({
      start: location.offset - offset,
      end: location.offset - offset + location.length,
    })),
    words: annotation.words,
    line: annotation.line,
  }));
  return placeMentions(text, drafts, notes);
}

function labelOf({ infons }: BiocAnnotation): string {
  const name = labelNames.find((key) => (infons.get(key) ?? '').trim() !== '');
  return (name === undefined ? undefined : infons.get(name)) ?? 'Entity';
}

function shift(span: Span, by: number): Span {
  const { fragments } = span;
  const moved = { ...span, start: span.start + by, end: span.end + by };
  if (fragments === undefined) return moved;
  return { ...moved, fragments: fragments.map(({ start, end }) => ({ start: start + by, end: end + by })) };
}

function addAttributes(attributes: Attribute[], target: string, infons: Infons): void {
  for (const [name, value] of infons) {
    if (labelNames.includes(name) || value === '') continue;
    const isConcept = conceptNames.has(name.toLowerCase());
    const id = `A${attributes.length + 1}`;
    attributes.push({ id, target, name: isConcept ? conceptAttribute : name, value });
  }
}

function readRelations(
  part: BiocPart,
  spans: readonly Span[],
  attributes: Attribute[],
  spanIds: ReadonlyMap<string, string>,
  notes: ReadingNotes,
): Pick<UnnamedDocument, 'relations' | 'meta'> {
  const all = relationsIn(part);
  const concepts = all.flatMap((relation) => conceptRelation(relation) ?? []);
  const others = all.filter((relation) => conceptRelation(relation) === undefined);
  const own = mentionRelations(others, spanIds, notes);
  for (const attribute of own.attributes) attributes.push({ ...attribute, id: `A${attributes.length + 1}` });
  const joined = joinConcepts(concepts, spans, attributes, notes, own.relations.length);
  return { relations: own.relations.concat(joined.relations), meta: joined.meta };
}
