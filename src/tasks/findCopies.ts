import { setImmediate as nextTurn } from 'node:timers/promises';
import { locatedTexts } from '../corpus/locatedTexts.ts';
import { throwIfCancelled } from '../foundation/userError.ts';
import { type Copy, copyFinder } from '../privacy/copies.ts';
import { defaultOverlapWords } from '../privacy/overlaps.ts';
import { runFolders } from '../runs/runFolders.ts';

interface FindCopiesInput {
  /** Files, folders or globs with synthetic texts. */
  readonly synthetic: readonly string[];
  /** Files, folders or globs with the person's own texts. */
  readonly own: readonly string[];
  /** The shortest run of words that counts. */
  readonly words?: number;
}

interface FindCopiesHooks {
  readonly signal: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

interface FoundCopies {
  readonly texts: number;
  readonly words: number;
  readonly copies: readonly Copy[];
}

/** Texts that are searched before other work of this process gets its turn. */
const atOnce = 500;

/** Finds what synthetic texts repeat word for word of a person's own texts. Throws `UserError`, `CancelledError`. */
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
