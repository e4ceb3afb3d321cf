import { jaccard, mix, sketchOf, type Sketch } from './shingles.ts';

/** Two texts with at least this Jaccard similarity of their word shingles count as near-duplicates. */
const threshold = 0.7;

/**
 * MinHash (Broder 1997) in bands (Indyk and Motwani 1998): two texts of similarity s share the bucket of a band with
 * probability s^rows, and of any band with 1 - (1 - s^rows)^bands: 0.997 at 0.7, 0.32 at 0.3.
 */
const bands = 14;
const rows = 3;

/**
 * How many of the latest texts in a bucket are compared, so that text from few templates does not take quadratic time.
 */
const bucketSearch = 64;

export interface NearDuplicateIndex {
  /** Whether `text` is the same as, or similar to, a text that was added. */
  find(text: string): 'duplicate' | 'near-duplicate' | undefined;
  add(text: string): void;
}

/** A text prepared for a search: its sketch, and its bucket in each band. */
interface SketchedText {
  readonly text: string;
  readonly sketch: Sketch;
  readonly keys: Int32Array;
}

/**
 * Prepares texts and keeps the last one, because a text that was searched for is often added or searched for elsewhere.
 */
type Sketcher = (text: string) => SketchedText;

export function createSketcher(): Sketcher {
  let latest: SketchedText | undefined;
  return (text) => {
    if (latest?.text !== text) {
      const sketch = sketchOf(text);
      latest = { text, sketch, keys: bandKeys(sketch.shingles) };
    }
    return latest;
  };
}

/**
 * Remembers texts by their word shingles. The time of a search grows only with the number of similar texts; a text of 25
 * words takes about 350 bytes. Candidates are checked by their exact similarity. About 1 in 350 near-duplicates at the
 * threshold is missed, and fewer above it. Indexes for the same texts may share a sketcher.
 */
export function nearDuplicateIndex(sketcher: Sketcher = createSketcher()): NearDuplicateIndex {
  const identities = new Set<number>();
  const store = shingleStore();
  const tables = Array.from({ length: bands }, bucketTable);
  return {
    find(text) {
      if (identities.size === 0) return undefined;
      const { sketch, keys } = sketcher(text);
      if (identities.has(sketch.identity)) return 'duplicate';
      for (let band = 0; band < bands; band++) {
        const table = tables[band] as BucketTable;
        let entry = table.first(keys[band] ?? 0);
        for (let seen = 0; entry !== -1 && seen < bucketSearch; seen++) {
          if (store.isNear(entry, sketch.shingles)) return 'near-duplicate';
          entry = table.next(entry);
        }
      }
      return undefined;
    },
    add(text) {
      const { sketch, keys } = sketcher(text);
      identities.add(sketch.identity);
      store.push(sketch.shingles);
      for (let band = 0; band < bands; band++) (tables[band] as BucketTable).push(keys[band] ?? 0);
    },
  };
}

const seeds = Int32Array.from({ length: bands * rows }, (_, index) => mix(0x9e3779b9 * (index + 1)));

/** Makes a signed comparison give the order of an unsigned one. */
const signBit = 0x80000000 | 0;

/** One key per band, from the smallest values of its hash functions on the shingles. */
function bandKeys(shingles: Uint32Array): Int32Array {
  const keys = new Int32Array(bands);
  for (let band = 0; band < bands; band++) {
    let key = band;
    for (let row = 0; row < rows; row++) {
      const seed = seeds[band * rows + row] ?? 0;
      const factor = seed | 1;
      let least = 0x7fffffff;
      for (let index = 0; index < shingles.length; index++) {
        // The shingles' bits are already mixed, so a multiplication is enough to reorder them (multiply-shift hashing).
        const value = Math.imul((shingles[index] ?? 0) ^ seed, factor) ^ signBit;
        if (value < least) least = value;
      }
      key = mix(key ^ least ^ signBit);
    }
    keys[band] = key;
  }
  return keys;
}

/** All shingle sets in one growing array. */
function shingleStore() {
  let values = new Uint32Array(1 << 12);
  let starts = new Uint32Array(1 << 8);
  let count = 0;
  return {
    /** Whether the set with this number is similar enough to another one. */
    isNear(index: number, other: Uint32Array): boolean {
      const set = { values, from: starts[index] ?? 0, to: starts[index + 1] ?? 0 };
      return jaccard(other, set, threshold) >= threshold;
    },
    push(shingles: Uint32Array): void {
      const start = starts[count] ?? 0;
      values = withRoom(values, start + shingles.length);
      starts = withRoom(starts, count + 2);
      values.set(shingles, start);
      starts[++count] = start + shingles.length;
    },
  };
}

/** The texts in each bucket of one band, latest first; texts are numbered in the order in which they are added. */
function bucketTable() {
  let heads = new Int32Array(1 << 8).fill(-1);
  let keys = new Int32Array(1 << 8);
  let previous = new Int32Array(1 << 8);
  let count = 0;

  const link = (index: number): void => {
    const slot = (keys[index] ?? 0) & (heads.length - 1);
    previous[index] = heads[slot] ?? -1;
    heads[slot] = index;
  };
  const within = (entry: number, key: number): number => {
    let index = entry;
    while (index !== -1 && keys[index] !== key) index = previous[index] ?? -1;
    return index;
  };
  return {
    first: (key: number): number => within(heads[key & (heads.length - 1)] ?? -1, key),
    next: (entry: number): number => within(previous[entry] ?? -1, keys[entry] ?? 0),
    push(key: number): void {
      keys = withRoom(keys, count + 1);
      previous = withRoom(previous, count + 1);
      keys[count] = key;
      if (count === heads.length) {
        heads = new Int32Array(heads.length * 2).fill(-1);
        for (let index = 0; index < count; index++) link(index);
      }
      link(count++);
    },
  };
}

type BucketTable = ReturnType<typeof bucketTable>;

/** The array itself if it is long enough, otherwise a copy that is at least half as long again. */
function withRoom<A extends Uint32Array | Int32Array>(array: A, length: number): A {
  if (length <= array.length) return array;
  const size = Math.max(length, Math.ceil(array.length * 1.5));
  const larger = array instanceof Uint32Array ? new Uint32Array(size) : new Int32Array(size);
  larger.set(array);
  return larger as A;
}
