import { seededRandom, shuffled } from '../../foundation/random.ts';
import type { Project } from '../../project/project.ts';
import type { Topic } from '../plan/requestSpec.ts';
import { ownNames } from '../plan/topics.ts';
import type { Lexicon, LexiconType } from './lexicon.ts';

/**
 * Names for the types of a project from the shipped lexicon: one of a common group, one rare, in turn, and the
 * types in turn too, so that any stretch of the list has all of them. A type of which the project lists names
 * itself takes those; a type that neither knows has none.
 */
export function lexiconTopics(
  project: Project,
  lexicon: Lexicon,
  { types, count, seed }: { types: readonly string[]; count: number; seed: number },
): readonly Topic[] {
  const random = seededRandom(seed);
  const decks = types.flatMap((type) => {
    const own = ownNames(project, type);
    const names = own.length > 0 ? shuffled(random, own) : lexiconNames(lexicon, type, seed);
    return names.length === 0 ? [] : [{ type, names }];
  });
  const seeds: Topic[] = [];
  for (let round = 0; seeds.length < count && decks.some(({ names }) => round < names.length); round++) {
    for (const { type, names } of decks) {
      const name = names[round];
      if (name !== undefined && seeds.length < count) seeds.push({ type, name });
    }
  }
  return seeds;
}

function lexiconNames(lexicon: Lexicon, type: string, seed: number): readonly string[] {
  const random = seededRandom(seed);
  if (type === 'Gene') return shuffled(random, lexicon.genes);
  if (!Object.hasOwn(lexicon.common, type)) return [];
  const known = type as LexiconType;
  const groups = Object.values(lexicon.common[known]).map((names) => shuffled(random, names));
  const common: string[] = [];
  for (let round = 0; groups.some((names) => round < names.length); round++) {
    for (const names of shuffled(random, groups)) common.push(...names.slice(round, round + 1));
  }
  const rare = shuffled(random, lexicon.rare[known]);
  const mixed: string[] = [];
  for (let index = 0; index < Math.max(common.length, rare.length); index++) {
    mixed.push(...common.slice(index, index + 1), ...rare.slice(index, index + 1));
  }
  return [...new Set(mixed)];
}
