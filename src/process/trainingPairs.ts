import type { Document, Relation, Span } from '../corpus/document.ts';
import type { RelationRow } from '../corpus/relationRows.ts';
import { UserError } from '../foundation/userError.ts';
import { relationCandidates } from '../project/relationCandidates.ts';
import type { JoiningType, RelationSchema } from '../project/relationSchema.ts';

/**
 * The candidate pairs of documents as labelled rows. Throws `UserError` when a document states a relation with
 * its ends exchanged: its pair would be taught as unrelated.
 */
export function pairsOf(
  documents: readonly Document[],
  schema: RelationSchema,
  file: string,
): readonly RelationRow[] {
  for (const document of documents) checkDirections(document, schema, file);
  return documents.flatMap((document) => relationCandidates(document, schema).map(({ row }) => row));
}

/** Throws `UserError` when the documents, and the rows beside them, leave nothing to tell apart. */
export function checkPairs(
  documents: readonly Document[],
  rows: readonly RelationRow[],
  schema: RelationSchema,
): void {
  if (rows.some(({ label }) => label !== '0')) return;
  const place = { file: 'chartmark.json' };
  if (schema.types.length === 0) {
    throw new UserError('The project has no relation type.', {
      place,
      nextStep: 'Add one to "relationTypes": its name, the types of its head and tail, and a definition.',
    });
  }
  const stated = statedKinds(documents);
  const joins = schema.types.map(kindOf).join(', ');
  const reach = schema.window === 1 ? 'in one sentence' : `within ${schema.window} sentences`;
  if (rows.length === 0) {
    throw new UserError(`No two mentions stand ${reach} that a relation could join: ${joins}.${stated}`, {
      place,
      nextStep: 'Correct "relationTypes", widen --relation-window, or choose documents with such mentions.',
    });
  }
  throw new UserError(`None of the ${rows.length} pairs of mentions is related: ${joins}.${stated}`, {
    place,
    nextStep: 'Correct "relationTypes", or choose documents that state such relations.',
  });
}

function kindOf({ name, head, tail }: JoiningType): string {
  return `${name} (${head}, ${tail})`;
}

/** What the documents do state, the most frequent first, as a sentence. */
function statedKinds(documents: readonly Document[]): string {
  const counts = new Map<string, number>();
  for (const document of documents) {
    for (const { relation, head, tail } of endsOf(document)) {
      const kind = kindOf({ name: relation.label, head: head.label, tail: tail.label });
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
  }
  const kinds = [...counts].sort((a, b) => b[1] - a[1]).map(([kind]) => kind);
  if (kinds.length === 0) return ' The documents state no relation at all.';
  const more = kinds.length > 5 ? ` and ${kinds.length - 5} other kinds` : '';
  return ` The documents state: ${kinds.slice(0, 5).join(', ')}${more}.`;
}

function checkDirections(document: Document, { types }: RelationSchema, file: string): void {
  for (const { relation, head, tail } of endsOf(document)) {
    const exchanged = types.find(
      (type) =>
        type.name === relation.label &&
        type.head === tail.label &&
        type.tail === head.label &&
        type.head !== type.tail &&
        type.symmetric !== true,
    );
    if (exchanged === undefined) continue;
    throw new UserError(
      `Relation ${relation.id} of document ${document.id} goes from ${head.label} to ${tail.label}; ` +
        `${kindOf(exchanged)} goes the other way.`,
      {
        place: { file },
        nextStep: 'Exchange its ends, or those of the relation type, or make the type "symmetric".',
      },
    );
  }
}

function endsOf({
  spans,
  relations,
}: Document): readonly { readonly relation: Relation; readonly head: Span; readonly tail: Span }[] {
  if (relations.length === 0) return [];
  const byId = new Map(spans.map((span) => [span.id, span]));
  return relations.flatMap((relation) => {
    const [head, tail] = [byId.get(relation.head), byId.get(relation.tail)];
    return head === undefined || tail === undefined ? [] : [{ relation, head, tail }];
  });
}
