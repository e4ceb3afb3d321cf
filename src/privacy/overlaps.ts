import { partsOfWord, wordPieces } from '../corpus/unspaced.ts';

/** A run of words that a text has in common with one of the references. Offsets are UTF-16 units. */
interface Overlap {
  readonly start: number;
  readonly end: number;
  /** Whole words; characters of scripts without word blanks count as parts of one. */
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
 * the case, punctuation and blanks. In scripts without word blanks that is as many characters as usually make them
 * (see `wordPieces`). Time and memory grow with the words of the references, then with those of each text. Of a run
 * that the references hold more than 64 times, the longest of the 64 last is reported.
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
    // No run goes from one reference into the next.
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

/** Words and characters as numbers, 0 for what is in no reference, and how many parts of a word each is. */
interface Sequence {
  readonly ids: Int32Array;
  readonly parts: Uint8Array;
}

/** The shortest run from a place on that has enough parts. */
interface Window {
  readonly hash: number;
  readonly at: number;
  readonly end: number;
}

/**
 * Whether a run from a place on that goes beyond what is covered holds a later window, too, and so is found from
 * there: always where a word comes next, since a window of words ends with it.
 */
function isContinued(parts: Uint8Array, at: number, covered: number, least: number): boolean {
  return parts[covered] === partsOfWord || partsIn(parts, at + 1, covered) >= least;
}

function partsIn(parts: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let index = from; index < to; index++) sum += parts[index] ?? 0;
  return sum;
}

/** The hash of each window of `least` parts that holds no 0 (Karp and Rabin 1987). */
function* windows({ ids, parts }: Sequence, least: number): Generator<Window> {
  // powers[n]: of an id that is n places before a window's last one.
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
  // The low bits of a product depend on few bits of its factors: the high ones choose the slot.
  const slotOf = (hash: number): number => (Math.imul(hash, 0x9e3779b1) >>> 8) & (slots - 1);
  for (const { hash, at } of windows(sequence, least)) {
    const slot = slotOf(hash);
    previous[at] = heads[slot] ?? -1;
    heads[slot] = at;
  }
  return {
    /** The longest run of the sequence that equals `others` from a window on. */
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
