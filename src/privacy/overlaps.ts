/** A run of words that a text has in common with one of the references. Offsets are UTF-16 units. */
interface Overlap {
  readonly start: number;
  readonly end: number;
  readonly words: number;
  /** Index of the reference, and where in it the run begins. */
  readonly reference: number;
  readonly referenceStart: number;
}

export interface OverlapFinder {
  /** The text's longest runs, in text order. */
  find(text: string): readonly Overlap[];
}

/**
 * Words in a row that are no coincidence: checks of training data for copies take 13 (Brown et al. 2020,
 * "Language Models are Few-Shot Learners", appendix C).
 */
export const defaultOverlapWords = 13;

/** Odd: with it a rolling hash modulo 2^32 loses no bits. */
const base = 0x01000193;
/** Of equal windows in the references only so many are tried: boilerplate would take quadratic time otherwise. */
const mostTried = 64;

/**
 * Finds runs of `minWords` words or more (at least 1) that texts have in common with the references, whatever
 * the case, punctuation and blanks. Time and memory grow with the words of the references, then with those of
 * each text. Of a run that the references hold more than 64 times, the longest of the 64 last is reported.
 */
export function overlapFinder(references: readonly string[], minWords = defaultOverlapWords): OverlapFinder {
  const ids = new Map<string, number>();
  const words: number[] = [];
  const starts: number[] = [];
  const owners: number[] = [];
  for (const [reference, text] of references.entries()) {
    for (const { word, start } of wordsOf(text)) {
      const id = ids.get(word) ?? ids.size + 1;
      ids.set(word, id);
      words.push(id);
      starts.push(start);
      owners.push(reference);
    }
    // No run goes from one reference into the next.
    words.push(0);
    starts.push(text.length);
    owners.push(reference);
  }
  const sequence = Int32Array.from(words);
  const table = windowTable(sequence, minWords);

  return {
    find(text) {
      const found: Overlap[] = [];
      const textWords = [...wordsOf(text)];
      const textIds = Int32Array.from(textWords, ({ word }) => ids.get(word) ?? 0);
      let covered = 0;
      let from = 0;
      for (const { hash, at } of windows(textIds, minWords)) {
        if (at < from) continue;
        const best = table.longest(textIds, at, hash);
        if (best === undefined) continue;
        from = at + best.length - minWords + 1;
        if (at + best.length <= covered) continue;
        covered = at + best.length;
        const last = textWords[covered - 1];
        found.push({
          start: textWords[at]?.start ?? 0,
          end: (last?.start ?? 0) + (last?.length ?? 0),
          words: best.length,
          reference: owners[best.position] ?? 0,
          referenceStart: starts[best.position] ?? 0,
        });
      }
      return found;
    },
  };
}

function* wordsOf(text: string): Generator<{ word: string; start: number; length: number }> {
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    yield { word: word.toLowerCase(), start: index, length: word.length };
  }
}

/** The hash of each window of `size` ids that holds no 0 (Karp and Rabin 1987). */
function* windows(ids: Int32Array, size: number): Generator<{ hash: number; at: number }> {
  let power = 1;
  for (let index = 0; index < size; index++) power = Math.imul(power, base);
  let hash = 0;
  let run = 0;
  for (let index = 0; index < ids.length; index++) {
    const id = ids[index] ?? 0;
    if (id === 0) {
      run = 0;
      hash = 0;
      continue;
    }
    hash = (Math.imul(hash, base) + id) | 0;
    if (++run > size) hash = (hash - Math.imul(ids[index - size] ?? 0, power)) | 0;
    if (run >= size) yield { hash, at: index - size + 1 };
  }
}

/** The windows of a sequence by hash. */
function windowTable(sequence: Int32Array, size: number) {
  let slots = 1 << 4;
  while (slots < sequence.length) slots *= 2;
  const heads = new Int32Array(slots).fill(-1);
  const previous = new Int32Array(sequence.length).fill(-1);
  // The low bits of a product depend on few bits of its factors: the high ones choose the slot.
  const slotOf = (hash: number): number => (Math.imul(hash, 0x9e3779b1) >>> 8) & (slots - 1);
  for (const { hash, at } of windows(sequence, size)) {
    const slot = slotOf(hash);
    previous[at] = heads[slot] ?? -1;
    heads[slot] = at;
  }
  return {
    /** The longest run of the sequence that equals `ids` from `at` on. */
    longest(ids: Int32Array, at: number, hash: number): { position: number; length: number } | undefined {
      let best: { position: number; length: number } | undefined;
      let tried = 0;
      for (let position = heads[slotOf(hash)] ?? -1; position !== -1 && tried < mostTried;) {
        let length = 0;
        while (ids[at + length] !== 0 && ids[at + length] === sequence[position + length]) length++;
        if (length >= size) {
          tried++;
          if (length > (best?.length ?? 0)) best = { position, length };
        }
        position = previous[position] ?? -1;
      }
      return best;
    },
  };
}
