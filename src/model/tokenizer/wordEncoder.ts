/** The most entries in a cache. Words repeat in a corpus, but the number of different words is not limited. */
const mostEntries = 100_000;

/** Longer words are rare, and keeping them takes memory. In UTF-16 units. */
const longestKept = 200;

/** Caches the results of a function of a word. */
export function cached<T>(compute: (word: string) => T): (word: string) => T {
  const known = new Map<string, T>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const result = compute(word);
    if (word.length > longestKept) return result;
    if (known.size >= mostEntries) known.clear();
    known.set(word, result);
    return result;
  };
}

/** `Tokenizer.encodeWords` for a function that gives the token ids of one word. A word without any is `unkId`. */
export function wordEncoder(idsOf: (word: string) => readonly number[], unkId: number) {
  return (words: readonly string[]): { ids: number[]; wordIndex: number[] } => {
    const ids: number[] = [];
    const wordIndex: number[] = [];
    for (const [index, word] of words.entries()) {
      const own = idsOf(word);
      for (const id of own.length === 0 ? [unkId] : own) {
        ids.push(id);
        wordIndex.push(index);
      }
    }
    return { ids, wordIndex };
  };
}
