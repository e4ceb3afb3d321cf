/** Words per shingle, and the Jaccard similarity of shingle sets from which two texts count as near-duplicates. */
const shingleWords = 3;
const threshold = 0.7;

interface Index {
  /** Whether a text that was added is as good as `text`. */
  find(text: string): 'duplicate' | 'near-duplicate' | undefined;
  add(text: string): void;
}

/** The index that MinHash replaced: every shingle as a string, every text that shares one is looked at. Exact. */
export function exactIndex(): Index {
  const normalised = new Set<string>();
  const textsOfShingle = new Map<string, number[]>();
  const sizes: number[] = [];
  return {
    find(text) {
      const words = wordsOf(text);
      if (normalised.has(words.join(' '))) return 'duplicate';
      const shingles = shinglesOf(words);
      const shared = new Map<number, number>();
      for (const shingle of shingles) {
        for (const index of textsOfShingle.get(shingle) ?? [])
          shared.set(index, (shared.get(index) ?? 0) + 1);
      }
      for (const [index, count] of shared) {
        const union = shingles.size + (sizes[index] ?? 0) - count;
        if (count / union >= threshold) return 'near-duplicate';
      }
      return undefined;
    },
    add(text) {
      const words = wordsOf(text);
      const shingles = shinglesOf(words);
      normalised.add(words.join(' '));
      for (const shingle of shingles) {
        const texts = textsOfShingle.get(shingle);
        if (texts === undefined) textsOfShingle.set(shingle, [sizes.length]);
        else texts.push(sizes.length);
      }
      sizes.push(shingles.size);
    },
  };
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function shinglesOf(words: readonly string[]): Set<string> {
  const shingles = new Set<string>();
  for (let index = 0; index === 0 || index + shingleWords <= words.length; index++) {
    shingles.add(words.slice(index, index + shingleWords).join(' '));
  }
  return shingles;
}
