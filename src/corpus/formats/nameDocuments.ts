import type { Document } from '../document.ts';
import type { ReadContext } from '../readContext.ts';

/** A document before its ID is settled; `id` is the one in the file, if it has one. */
export type UnnamedDocument = Omit<Document, 'id'> & { readonly id?: string | undefined };

/**
 * Gives each document an ID that is unique in its file: its own (with a number if it stands twice), otherwise that of
 * the file, with a number if the file has several documents.
 */
export function nameDocuments(
  documents: readonly UnnamedDocument[],
  context: Pick<ReadContext, 'id'>,
): Document[] {
  const taken = new Set<string>();
  /** The last number given to an ID that stands several times. */
  const numbers = new Map<string, number>();
  return documents.map((document, index) => {
    const own = document.id === undefined || document.id === '' ? undefined : document.id;
    const wanted = own ?? (documents.length === 1 ? context.id : `${context.id}-${index + 1}`);
    let id = wanted;
    for (let number = numbers.get(wanted) ?? 2; taken.has(id); number++) {
      id = `${wanted}-${number}`;
      numbers.set(wanted, number + 1);
    }
    taken.add(id);
    return { ...document, id };
  });
}
