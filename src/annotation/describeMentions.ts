import type { Document, Relation, Span, TextRange } from '../corpus/document.ts';
import { splitSentences } from '../corpus/sentences.ts';
import { splitWords } from '../corpus/words.ts';
import { counted } from '../foundation/numbers.ts';

/** `4 mentions (3 Disease, 1 Chemical)`, the most frequent type first. */
export function countByType(spans: readonly Span[]): string {
  const counts = new Map<string, number>();
  for (const { label } of spans) counts.set(label, (counts.get(label) ?? 0) + 1);
  const parts = [...counts].sort((a, b) => b[1] - a[1]).map(([label, count]) => `${count} ${label}`);
  const total = counted(spans.length, 'mention');
  return parts.length === 0 ? total : `${total} (${parts.join(', ')})`;
}

/** Below this score, a model was unsure of a mention: a person should look at it first. In [0, 1]. */
const sure = 0.7;

export function isUnsure({ score }: Pick<Span, 'score'>): boolean {
  return score !== undefined && score < sure;
}

/** What stands behind a mention: `Disease`, or `Disease? 0.54` if the model was unsure. */
export function labelBehind(span: Pick<Span, 'label' | 'score'>): string {
  return isUnsure(span) ? `${span.label}? ${span.score?.toFixed(2)}` : span.label;
}

/** The range of a mention's words in its sentence, as word indices, end exclusive. */
export function wordsOfMention(text: string, mention: TextRange): TextRange {
  const sentence = splitSentences(text).findLast(({ start }) => start <= mention.start);
  const words = splitWords(text, { start: sentence?.start ?? 0, end: mention.end });
  const start = words.findIndex(({ end }) => end > mention.start);
  return { start: Math.max(0, start), end: words.length };
}

/** A relation with its mentions. */
interface JoinedSpans {
  readonly relation: Relation;
  readonly head: Span;
  readonly tail: Span;
}

/** The relations of a mention, as head or tail. */
export function relationsOf(
  { id }: Span,
  { spans, relations = [] }: Pick<Document, 'spans'> & Partial<Pick<Document, 'relations'>>,
): readonly JoinedSpans[] {
  return joinSpans({ spans, relations: relations.filter(({ head, tail }) => head === id || tail === id) });
}

/** The relations of a document with their mentions. A relation whose head or tail is missing is left out. */
export function joinSpans({
  spans,
  relations,
}: Pick<Document, 'spans' | 'relations'>): readonly JoinedSpans[] {
  if (relations.length === 0) return [];
  const byId = new Map(spans.map((span) => [span.id, span]));
  return relations.flatMap((relation) => {
    const [head, tail] = [byId.get(relation.head), byId.get(relation.tail)];
    return head === undefined || tail === undefined ? [] : [{ relation, head, tail }];
  });
}

/** `BRCA1 → association → breast cancer (0.934)`. */
export function relationText({ relation, head, tail }: JoinedSpans, text: string): string {
  const score = relation.score === undefined ? '' : ` (${relation.score.toFixed(3)})`;
  return `${wordsOf(head, text)} → ${relation.label} → ${wordsOf(tail, text)}${score}`;
}

/** The words of a mention, on one line. */
export function wordsOf({ start, end }: TextRange, text: string): string {
  return text.slice(start, end).replaceAll(/\s+/gu, ' ');
}
