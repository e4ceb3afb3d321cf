import { seededRandom, shuffled } from '../../foundation/random.ts';
import type { Lexicon, LexiconType } from '../topics/lexiconLists.ts';

/** Deals the names of a group in turn, so that none occurs far more often than another. */
export interface NameDecks {
  draw(type: LexiconType, group: string): string;
}

/** How many names a request can draw from a group before it reaches those of the next request. */
const stride = 13;

/**
 * The decks of one request, shuffled by `seed`, starting where earlier requests should have ended. They depend on nothing
 * else, so that a resumed run draws the same names as an uninterrupted one.
 */
export function requestDecks(lexicon: Lexicon, seed: number, request: number): NameDecks {
  const positions = new Map<string, number>();
  const decks = shuffledGroups(lexicon, seed);
  return {
    draw(type, group) {
      const key = `${type}/${group}`;
      const deck = decks.get(key);
      if (deck === undefined || deck.length === 0) throw new RangeError(`the lexicon has no group "${key}"`);
      const position = positions.get(key) ?? request * stride;
      positions.set(key, position + 1);
      return deck[position % deck.length] as string;
    },
  };
}

const cache = new WeakMap<Lexicon, Map<number, ReadonlyMap<string, readonly string[]>>>();

function shuffledGroups(lexicon: Lexicon, seed: number): ReadonlyMap<string, readonly string[]> {
  const bySeed = cache.get(lexicon) ?? new Map<number, ReadonlyMap<string, readonly string[]>>();
  cache.set(lexicon, bySeed);
  const cached = bySeed.get(seed);
  if (cached !== undefined) return cached;
  const random = seededRandom(seed);
  const decks = new Map<string, readonly string[]>();
  for (const [type, groups] of Object.entries(lexicon.common)) {
    for (const [group, names] of Object.entries(groups))
      decks.set(`${type}/${group}`, shuffled(random, names));
  }
  for (const [type, names] of Object.entries(lexicon.rare))
    decks.set(`${type}/rare`, shuffled(random, names));
  bySeed.set(seed, decks);
  return decks;
}
