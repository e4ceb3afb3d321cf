import { setImmediate as nextTurn } from 'node:timers/promises';
import { locatedTexts } from '../corpus/locatedTexts.ts';
import { throwIfCancelled } from '../foundation/userError.ts';
import { type Copy, copyFinder } from '../privacy/copies.ts';
import { defaultOverlapWords } from '../privacy/overlaps.ts';
import { runFolders } from '../runs/runFolders.ts';

interface FindCopiesInput {
  /** Files, folders or globs of synthetic texts, and of the user's own. */
  readonly synthetic: readonly string[];
  readonly own: readonly string[];
  /** The fewest words in a row that count. */
  readonly words?: number;
}

interface FindCopiesHooks {
  readonly signal: AbortSignal;
  /** Called with the number of texts that were compared, and of all. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface FoundCopies {
  /** How many synthetic texts were compared. */
  readonly texts: number;
  readonly words: number;
  readonly copies: readonly Copy[];
}

/** Texts that are compared before others get a turn. */
const atOnce = 500;

/** Finds what synthetic texts repeat word for word of the user's own. Throws `UserError` or `CancelledError`. */
export async function findCopies(
  { synthetic, own, words = defaultOverlapWords }: FindCopiesInput,
  { signal, onProgress }: FindCopiesHooks,
): Promise<FoundCopies> {
  const find = copyFinder(await locatedTexts(own, runFolders), words);
  const texts = await locatedTexts(synthetic, runFolders);
  const copies: Copy[] = [];
  for (const [index, text] of texts.entries()) {
    if (index % atOnce === 0) {
      onProgress?.(index, texts.length);
      await nextTurn();
      throwIfCancelled(signal);
    }
    copies.push(...find(text));
  }
  return { texts: texts.length, words, copies };
}
