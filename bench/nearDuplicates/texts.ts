import { pick, randomInteger, seededRandom, type Random } from '../../src/foundation/random.ts';

/**
 * Sentences of 8 to 32 words from a vocabulary of 20,000 in which few words are frequent, as in language
 * (Zipf). Every tenth is an earlier one with one or two words changed, left out or put in.
 */
export function* sentences(count: number, seed: number): Generator<string> {
  const random = seededRandom(seed);
  const recent: string[][] = [];
  for (let index = 0; index < count; index++) {
    const words =
      index % 10 === 9
        ? changed(random, pick(random, recent))
        : Array.from({ length: 8 + randomInteger(random, 25) }, () => word(random));
    if (recent.length < 5000) recent.push(words);
    else recent[randomInteger(random, recent.length)] = words;
    yield `${words.join(' ')}.`;
  }
}

function word(random: Random): string {
  return `w${Math.floor(20_000 ** random()).toString(36)}`;
}

function changed(random: Random, words: readonly string[]): string[] {
  const result = [...words];
  for (let left = 1 + randomInteger(random, 2); left > 0; left--) {
    const at = randomInteger(random, result.length);
    const kind = randomInteger(random, 3);
    result.splice(at, kind === 0 ? 0 : 1, ...(kind === 1 ? [] : [word(random)]));
  }
  return result;
}
