import type { Document, Span, TextRange } from '../corpus/document.ts';
import type { DocumentPair } from './pairDocuments.ts';
import { sharedOffsets, type SharedOffsets } from './sharedOffsets.ts';

/** A relation between two mentions, in shared offsets (see `SharedOffsets`). */
export interface DocumentRelation {
  readonly label: string;
  readonly head: Span;
  readonly tail: Span;
  readonly score?: number;
}

/** A text with its gold and predicted relations, without duplicates. */
export interface RelatedText {
  readonly gold: readonly DocumentRelation[];
  readonly predicted: readonly DocumentRelation[];
  readonly document: Document;
  readonly toGold: SharedOffsets['toGold'];
}

export interface RelationFilter {
  /** All if undefined. */
  readonly labels?: readonly string[];
  /** Labels of symmetric relations: head and tail may be exchanged. */
  readonly symmetric?: readonly string[];
}

/** Throws `UserError` with document and line if the two texts differ. */
export function relatedText(pair: DocumentPair, filter: RelationFilter): RelatedText {
  const { fromGold, fromPredicted, toGold } = sharedOffsets(pair);
  return {
    gold: relationsOf(pair.gold, fromGold, filter),
    predicted: relationsOf(pair.predicted, fromPredicted, filter),
    document: pair.gold,
    toGold,
  };
}

/** The pair of mentions that a relation joins, regardless of its label. */
export function endsKey({ head, tail }: DocumentRelation): string {
  return [head, tail]
    .map(({ start, end, label, fragments = [] }) =>
      [start, end, ...fragments.flatMap((part) => [part.start, part.end]), label].join(' '),
    )
    .join('\t');
}

function relationsOf(
  { spans, relations }: Document,
  shared: (offset: number) => number,
  { labels, symmetric = [] }: RelationFilter,
): readonly DocumentRelation[] {
  const move = <R extends TextRange>(range: R): R =>
    Object.assign({ ...range }, { start: shared(range.start), end: shared(range.end) });
  const byId = new Map(
    spans.map((span) => {
      const moved = move(span);
      const { fragments } = span;
      return [span.id, fragments === undefined ? moved : { ...moved, fragments: fragments.map(move) }];
    }),
  );
  const found = new Map<string, DocumentRelation>();
  for (const { label, head: headId, tail: tailId, score } of relations) {
    const [head, tail] = [byId.get(headId), byId.get(tailId)];
    if (head === undefined || tail === undefined || labels?.includes(label) === false) continue;
    const isExchanged = symmetric.includes(label) && tail.start < head.start;
    const ends = isExchanged ? { head: tail, tail: head } : { head, tail };
    const relation = { label, ...ends, ...(score === undefined ? {} : { score }) };
    found.set(`${label}\t${endsKey(relation)}`, relation);
  }
  return [...found.values()];
}
