import { jaccard, mix, sketchOf, type Sketch } from './shingles.ts';

/** Jaccard similarity of the word shingles from which two texts count as near-duplicates. */
const threshold = 0.7;

/**
 * MinHash (Broder 1997) in bands (Indyk and Motwani 1998): two texts of similarity s meet in a band with
 * probability s^rows, in any of them with 1 - (1 - s^rows)^bands: 0.997 at 0.7, 0.32 at 0.3.
 */
const bands = 14;
const rows = 3;

/** Of a bucket only the latest texts are looked at, so that text from few templates takes no quadratic time. */
const bucketSearch = 64;

export interface NearDuplicateIndex {
  /** Whether a text that was added is as good as `text`. */
  find(text: string): 'duplicate' | 'near-duplicate' | undefined;
  add(text: string): void;
}

/**
 * Remembers texts by their word shingles. The time of a search does not grow with the texts, but for the
 * texts that resemble this one; a text of 25 words takes about 350 bytes. What is found is checked by the true
 * similarity; about 1 in 350 near-duplicates at the threshold is missed, fewer above.
 */
export function nearDuplicateIndex(): NearDuplicateIndex {
  const identities = new Set<number>();
  const store = shingleStore();
  const tables = Array.from({ length: bands }, bucketTable);
  let latest: { readonly text: string; readonly sketch: Sketch; readonly keys: Uint32Array } | undefined;

  const sketched = (text: string) => {
    if (latest?.text !== text) {
      const sketch = sketchOf(text);
      latest = { text, sketch, keys: bandKeys(sketch.shingles) };
    }
    return latest;
  };
  return {
    find(text) {
      const { sketch, keys } = sketched(text);
      if (identities.has(sketch.identity)) return 'duplicate';
      for (const [band, table] of tables.entries()) {
        let entry = table.first(keys[band] ?? 0);
        for (let seen = 0; entry !== -1 && seen < bucketSearch; seen++) {
          if (jaccard(sketch.shingles, store.at(entry)) >= threshold) return 'near-duplicate';
          entry = table.next(entry);
        }
      }
      return undefined;
    },
    add(text) {
      const { sketch, keys } = sketched(text);
      identities.add(sketch.identity);
      store.push(sketch.shingles);
      for (const [band, table] of tables.entries()) table.push(keys[band] ?? 0);
    },
  };
}

const seeds = Uint32Array.from({ length: bands * rows }, (_, index) => mix(0x9e3779b9 * (index + 1)));

/** One key a band, from the least values that its hash functions take on the shingles. */
function bandKeys(shingles: Uint32Array): Uint32Array {
  const keys = new Uint32Array(bands);
  for (let band = 0; band < bands; band++) {
    let key = band;
    for (let row = 0; row < rows; row++) {
      const seed = seeds[band * rows + row] ?? 0;
      let least = 0xffffffff;
      for (let index = 0; index < shingles.length; index++) {
        // The shingles' bits are mixed already: a multiplication orders them anew (multiply-shift hashing).
        const value = Math.imul((shingles[index] ?? 0) ^ seed, seed | 1) >>> 0;
        if (value < least) least = value;
      }
      key = mix(key ^ least);
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
    at: (index: number): Uint32Array => values.subarray(starts[index], starts[index + 1]),
    push(shingles: Uint32Array): void {
      const start = starts[count] ?? 0;
      values = withRoom(values, start + shingles.length);
      starts = withRoom(starts, count + 2);
      values.set(shingles, start);
      starts[++count] = start + shingles.length;
    },
  };
}

/** The texts of each bucket of one band, latest first; texts are numbered in the order in which they come. */
function bucketTable() {
  let heads = new Int32Array(1 << 8).fill(-1);
  let keys = new Uint32Array(1 << 8);
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

/** The array itself, or a copy with half as much again. */
function withRoom<A extends Uint32Array | Int32Array>(array: A, length: number): A {
  if (length <= array.length) return array;
  const size = Math.max(length, Math.ceil(array.length * 1.5));
  const larger = array instanceof Uint32Array ? new Uint32Array(size) : new Int32Array(size);
  larger.set(array);
  return larger as A;
}
