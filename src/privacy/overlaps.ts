import { partsOfWord, wordPieces } from '../corpus/unspaced.ts';

/** A run of words that a text shares with one of the references. Offsets are UTF-16 units. */
interface Overlap {
  readonly start: number;
  readonly end: number;
  /** Whole words; in scripts without spaces between words, each character counts as part of a word. */
  readonly words: number;
  /** Index of the reference, and where in it the run begins. */
  readonly reference: number;
  readonly referenceStart: number;
}

export interface OverlapFinder {
  /** The longest shared runs, in text order. */
  find(text: string): readonly Overlap[];
}

/**
 * How many shared words in a row are more than coincidence: checks of training data for copies use 13 (Brown et al.
 * 2020, "Language Models are Few-Shot Learners", appendix C).
 */
export const defaultOverlapWords = 13;

/** Odd, so that a rolling hash modulo 2^32 loses no bits. */
const base = 0x01000193;
/** At most this many equal windows in the references are tried; otherwise boilerplate would take quadratic time. */
const mostTried = 64;

/**
 * Finds runs of at least `minWords` words (1 or more) that texts share with the references, ignoring case, punctuation
 * and white space. In scripts without spaces between words, a run has as many characters as that many words usually
 * have (see `wordPieces`). Time and memory grow with the number of words in the references, then with those of each
 * text. If a run occurs more than 64 times in the references, the longest match among the last 64 is reported.
 */
export function overlapFinder(references: readonly string[], minWords = defaultOverlapWords): OverlapFinder {
  const ids = new Map<string, number>();
  const words: number[] = [];
  const parts: number[] = [];
  const starts: number[] = [];
  const owners: number[] = [];
  for (const [reference, text] of references.entries()) {
    for (const piece of wordPieces(text)) {
      const word = piece.text.toLowerCase();
      const id = ids.get(word) ?? ids.size + 1;
      ids.set(word, id);
      words.push(id);
      parts.push(piece.parts);
      starts.push(piece.start);
      owners.push(reference);
    }
    // Keeps runs from extending from one reference into the next.
    words.push(0);
    parts.push(partsOfWord);
    starts.push(text.length);
    owners.push(reference);
  }
  const least = minWords * partsOfWord;
  const table = windowTable({ ids: Int32Array.from(words), parts: Uint8Array.from(parts) }, least);

  return {
    find(text) {
      const found: Overlap[] = [];
      const pieces = [...wordPieces(text)];
      const sequence = {
        ids: Int32Array.from(pieces, (piece) => ids.get(piece.text.toLowerCase()) ?? 0),
        parts: Uint8Array.from(pieces, (piece) => piece.parts),
      };
      let covered = 0;
      for (const window of windows(sequence, least)) {
        const { at } = window;
        if (window.end <= covered && isContinued(sequence.parts, at, covered, least)) continue;
        const best = table.longest(sequence.ids, window);
        if (best === undefined || at + best.length <= covered) continue;
        covered = at + best.length;
        const last = pieces[covered - 1];
        found.push({
          start: pieces[at]?.start ?? 0,
          end: (last?.start ?? 0) + (last?.text.length ?? 0),
          words: Math.floor(partsIn(sequence.parts, at, covered) / partsOfWord),
          reference: owners[best.position] ?? 0,
          referenceStart: starts[best.position] ?? 0,
        });
      }
      return found;
    },
  };
}

/** Words and characters as numbers (0 if in no reference), and how many parts of a word each one is. */
interface Sequence {
  readonly ids: Int32Array;
  readonly parts: Uint8Array;
}

/** The shortest run from a position that has enough parts. */
interface Window {
  readonly hash: number;
  readonly at: number;
  readonly end: number;
}

/**
 * Whether any run from a position to beyond the covered part would also contain a later window, from which it will be
 * found. That is always so if a word comes next, because a window of words ends with it.
 */
function isContinued(parts: Uint8Array, at: number, covered: number, least: number): boolean {
  return parts[covered] === partsOfWord || partsIn(parts, at + 1, covered) >= least;
}

function partsIn(parts: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let index = from; index < to; index++) sum += parts[index] ?? 0;
  return sum;
}

/** The windows of `least` parts that contain no 0, with their hashes (Karp and Rabin 1987). */
function* windows({ ids, parts }: Sequence, least: number): Generator<Window> {
  // powers[n] belongs to the ID that is n places before a window's last one.
  const powers = [1];
  let hash = 0;
  let sum = 0;
  let at = 0;
  for (let index = 0; index < ids.length; index++) {
    const id = ids[index] ?? 0;
    if (id === 0) {
      at = index + 1;
      sum = 0;
      hash = 0;
      continue;
    }
    hash = (Math.imul(hash, base) + id) | 0;
    sum += parts[index] ?? 0;
    for (; sum >= least; at++) {
      yield { hash, at, end: index + 1 };
      const place = index - at;
      while (powers.length <= place) powers.push(Math.imul(powers.at(-1) ?? 1, base));
      hash = (hash - Math.imul(ids[at] ?? 0, powers[place] ?? 0)) | 0;
      sum -= parts[at] ?? 0;
    }
  }
}

/** The windows of a sequence by hash. */
function windowTable(sequence: Sequence, least: number) {
  const { ids } = sequence;
  let slots = 1 << 4;
  while (slots < ids.length) slots *= 2;
  const heads = new Int32Array(slots).fill(-1);
  const previous = new Int32Array(ids.length).fill(-1);
  // The low bits of a product depend on few bits of its factors, so the high bits choose the slot.
  const slotOf = (hash: number): number => (Math.imul(hash, 0x9e3779b1) >>> 8) & (slots - 1);
  for (const { hash, at } of windows(sequence, least)) {
    const slot = slotOf(hash);
    previous[at] = heads[slot] ?? -1;
    heads[slot] = at;
  }
  return {
    /** The longest run of the sequence that equals `others` from the window's start. */
    longest(
      others: Int32Array,
      { at, end, hash }: Window,
    ): { readonly position: number; readonly length: number } | undefined {
      let best: { position: number; length: number } | undefined;
      let tried = 0;
      for (let position = heads[slotOf(hash)] ?? -1; position !== -1 && tried < mostTried;) {
        let length = 0;
        while (others[at + length] !== 0 && others[at + length] === ids[position + length]) length++;
        if (length >= end - at) {
          tried++;
          if (length > (best?.length ?? 0)) best = { position, length };
        }
        position = previous[position] ?? -1;
      }
      return best;
    },
  };
}
