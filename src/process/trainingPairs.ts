import { joinSpans } from '../annotation/describeMentions.ts';
import type { Document } from '../corpus/document.ts';
import type { RelationRow } from '../corpus/relationRows.ts';
import { counted } from '../foundation/numbers.ts';
import { UserError } from '../foundation/userError.ts';
import { relationCandidates } from '../project/relationCandidates.ts';
import type { JoiningType, RelationSchema } from '../project/relationSchema.ts';

/**
 * The candidate pairs of documents as labelled rows. Throws `UserError` if a document has a relation with head and tail
 * swapped: its pair would be trained as unrelated.
 */
export function pairsOf(
  documents: readonly Document[],
  schema: RelationSchema,
  file: string,
): readonly RelationRow[] {
  for (const document of documents) checkDirections(document, schema, file);
  return documents.flatMap((document) => relationCandidates(document, schema).map(({ row }) => row));
}

/** Throws `UserError` if neither the documents nor the relation rows have a pair that is related. */
export function checkPairs(
  documents: readonly Document[],
  rows: readonly RelationRow[],
  schema: RelationSchema,
): void {
  if (rows.some(({ label }) => label !== '0')) return;
  const place = { file: 'chartmark.json' };
  if (schema.types.length === 0) {
    throw new UserError('The project has no relation types.', {
      place,
      nextStep: 'Add one to "relationTypes": its name, the types of its head and tail, and a definition.',
    });
  }
  const stated = statedKinds(documents);
  const joins = schema.types.map(kindOf).join(', ');
  const reach = schema.window === 1 ? 'in one sentence' : `within ${schema.window} sentences`;
  if (rows.length === 0) {
    throw new UserError(`No two mentions ${reach} can be joined by a relation type: ${joins}.${stated}`, {
      place,
      nextStep: 'Correct "relationTypes", widen --relation-window, or choose documents with such mentions.',
    });
  }
  throw new UserError(
    `Found ${counted(rows.length, 'pair')} of mentions, but no relation of these types: ${joins}.${stated}`,
    {
      place,
      nextStep: 'Correct "relationTypes", or choose documents that state such relations.',
    },
  );
}

function kindOf({ name, head, tail }: JoiningType): string {
  return `${name} (${head}, ${tail})`;
}

/** The relations of the documents as a sentence, the most frequent kind first. */
function statedKinds(documents: readonly Document[]): string {
  const counts = new Map<string, number>();
  for (const document of documents) {
    for (const { relation, head, tail } of joinSpans(document)) {
      const kind = kindOf({ name: relation.label, head: head.label, tail: tail.label });
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
  }
  const kinds = [...counts].sort((a, b) => b[1] - a[1]).map(([kind]) => kind);
  if (kinds.length === 0) return ' The documents state no relations.';
  const more = kinds.length > 5 ? ` and ${counted(kinds.length - 5, 'other kind')}` : '';
  return ` The documents state: ${kinds.slice(0, 5).join(', ')}${more}.`;
}

function checkDirections(document: Document, { types }: RelationSchema, file: string): void {
  for (const { relation, head, tail } of joinSpans(document)) {
    const swapped = types.find(
      (type) =>
        type.name === relation.label &&
        type.head === tail.label &&
        type.tail === head.label &&
        type.head !== type.tail &&
        type.symmetric !== true,
    );
    if (swapped === undefined) continue;
    throw new UserError(
      `Relation ${relation.id} of document ${document.id} goes from ${head.label} to ${tail.label}, ` +
        `but the relation type ${kindOf(swapped)} goes the other way.`,
      {
        place: { file },
        nextStep: 'Swap head and tail of the relation or of the relation type, or make the type "symmetric".',
      },
    );
  }
}
