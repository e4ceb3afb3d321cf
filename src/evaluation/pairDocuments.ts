import type { Document } from '../corpus/document.ts';
import { counted } from '../foundation/numbers.ts';
import { UserError } from '../foundation/userError.ts';

/** The gold and the predicted version of a text. */
export interface DocumentPair {
  readonly gold: Document;
  readonly predicted: Document;
}

/**
 * Pairs gold with predicted documents by ID if both lists have the same unique IDs, otherwise by order. Throws
 * `UserError` if a document has no counterpart.
 */
export function pairDocuments(gold: readonly Document[], predicted: readonly Document[]): DocumentPair[] {
  const byId = new Map(predicted.map((document) => [document.id, document]));
  const goldIds = new Set(gold.map(({ id }) => id));
  const idsAreUnique = byId.size === predicted.length && goldIds.size === gold.length;
  const missing = gold.find(({ id }) => !byId.has(id));

  if (idsAreUnique && missing === undefined) {
    const extra = predicted.find(({ id }) => !goldIds.has(id));
    if (extra !== undefined) throw unpaired(extra.id, 'is in the predictions but not in the gold data');
    return gold.map((document) => ({ gold: document, predicted: byId.get(document.id) as Document }));
  }
  if (gold.length === predicted.length) {
    return gold.map((document, i) => ({ gold: document, predicted: predicted[i] as Document }));
  }
  if (idsAreUnique && missing !== undefined && predicted.some(({ id }) => goldIds.has(id))) {
    throw unpaired(missing.id, 'is in the gold data but not in the predictions');
  }
  throw new UserError(
    `The gold data has ${counted(gold.length, 'document')} and the predictions have ${counted(predicted.length, 'document')}.`,
    {
      nextStep: 'Choose the predictions that were made on this gold data.',
    },
  );
}

function unpaired(id: string, what: string): UserError {
  return new UserError(`Document “${id}” ${what}.`, {
    nextStep: 'Score the same documents on both sides.',
  });
}
