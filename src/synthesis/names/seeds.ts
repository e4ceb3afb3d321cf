import { seededRandom, shuffled } from '../../foundation/random.ts';
import { type Project, topicsOf } from '../../project/project.ts';
import type { Lexicon, LexiconType } from './lexicon.ts';
import type { Seed } from '../provider.ts';

/** Names as a list in a prompt; one that holds the sign between them is put in quotes. */
export function listOfNames(names: readonly string[], note: (position: number) => string = () => ''): string {
  return names
    .map((name, position) => (name.includes(';') ? JSON.stringify(name) : name) + note(position))
    .join('; ');
}

/** The names of a project in a random but repeatable order. */
export function projectSeeds(project: Project, seed: number): readonly Seed[] {
  const all = Object.keys(project.topics).flatMap((type) =>
    ownNames(project, type).map((name) => ({ type, name })),
  );
  return shuffled(seededRandom(seed), all);
}

/**
 * Names for the types of a project from the shipped lexicon: one of a common group, one rare, in turn, and the
 * types in turn too, so that any stretch of the list has all of them. A type of which the project lists names
 * itself takes those; a type that neither knows has none.
 */
export function lexiconSeeds(
  project: Project,
  lexicon: Lexicon,
  { types, count, seed }: { types: readonly string[]; count: number; seed: number },
): readonly Seed[] {
  const random = seededRandom(seed);
  const decks = types.flatMap((type) => {
    const own = ownNames(project, type);
    const names = own.length > 0 ? shuffled(random, own) : lexiconNames(lexicon, type, seed);
    return names.length === 0 ? [] : [{ type, names }];
  });
  const seeds: Seed[] = [];
  for (let round = 0; seeds.length < count && decks.some(({ names }) => round < names.length); round++) {
    for (const { type, names } of decks) {
      const name = names[round];
      if (name !== undefined && seeds.length < count) seeds.push({ type, name });
    }
  }
  return seeds;
}

/** A type's names in chartmark.json, each once: whoever lists one twice does not mean it to be used twice as often. */
function ownNames(project: Project, type: string): readonly string[] {
  const names = new Map<string, string>();
  for (const name of topicsOf(project, type)) {
    const key = name.trim().toLowerCase();
    if (key !== '' && !names.has(key)) names.set(key, name);
  }
  return [...names.values()];
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

/**
 * The names of one request out of a list, of which request after request takes `stride`. Each lap over the
 * list goes in another order, so that no name stands where it is left out every time.
 */
export function takeSeeds(
  names: readonly Seed[],
  { request, count, stride }: { request: number; count: number; stride: number },
): readonly Seed[] {
  const taken = new Set<Seed>();
  for (let position = request * stride; taken.size < Math.min(count, names.length); position++) {
    const lap = Math.floor(position / names.length);
    const name = names[(position * lapStep(names.length, lap) + lap) % names.length];
    if (name !== undefined) taken.add(name);
  }
  return [...taken];
}

/** A step with which every place of a list is met once: it has no factor in common with the length. */
function lapStep(length: number, lap: number): number {
  let step = lap === 0 ? 1 : (1 + Math.floor(length * ((lap * 0.618_033_988_75) % 1))) % length || 1;
  while (commonDivisor(step, length) > 1) step = (step % length) + 1;
  return step;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
