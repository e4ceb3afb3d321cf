import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { seededRandom, shuffled } from '../../foundation/random.ts';
import { asFileError } from '../../foundation/userError.ts';
import type { Project } from '../../project/project.ts';
import type { Topic } from '../plan/requestSpec.ts';
import { planVersion, type PlanVersion } from '../plan/planVersion.ts';
import { ownNames } from '../plan/topicOrder.ts';
import { fittingLists, type NameLists } from './fittingLists.ts';
import type { Lexicon, LexiconType, ShippedLexicon } from './lexiconLists.ts';

/** Reads the shipped lexicon from the folder `lexicon` under `resources`. Throws `UserError` naming the file. */
export async function loadLexicon(resources: string): Promise<ShippedLexicon> {
  const folder = path.join(resources, 'lexicon');
  const read = async (name: string): Promise<readonly string[]> => {
    const file = path.join(folder, name);
    try {
      const lines = (await readFile(file, 'utf8')).split(/\r?\n/);
      return lines.filter((line) => line !== '' && !line.startsWith('#'));
    } catch (error) {
      throw asFileError(error, file);
    }
  };
  const [disease, chemical, procedure, rareDisease, rareChemical, rareProcedure, genes, abbreviations, off] =
    await Promise.all([
      read('disease.txt'),
      read('chemical.txt'),
      read('procedure.txt'),
      read('wordnet-disease.txt'),
      read('wordnet-chemical.txt'),
      read('wordnet-procedure.txt'),
      read('genes.txt'),
      read('abbreviations.tsv'),
      read('off-register.txt'),
    ]);
  const former: Lexicon = {
    common: { Disease: groups(disease), Chemical: groups(chemical), Procedure: groups(procedure) },
    rare: { Disease: rareDisease, Chemical: rareChemical, Procedure: rareProcedure },
    genes,
    abbreviations: abbreviations.map((line) => {
      const [name = '', short = '', type = ''] = line.split('\t');
      return { name, short, type };
    }),
  };
  return { ...former, rare: withoutNames(former.rare, groups(off)), former };
}

function withoutNames(
  lists: Lexicon['rare'],
  names: Readonly<Record<string, readonly string[]>>,
): Lexicon['rare'] {
  const rest = (type: LexiconType): readonly string[] => {
    const avoided = new Set(names[type]);
    return lists[type].filter((name) => !avoided.has(name));
  };
  return { Disease: rest('Disease'), Chemical: rest('Chemical'), Procedure: rest('Procedure') };
}

function groups(lines: readonly string[]): Record<string, readonly string[]> {
  const result: Record<string, string[]> = {};
  let current: string[] = [];
  for (const line of lines) {
    const heading = /^\[(.+)\]$/.exec(line)?.[1];
    if (heading === undefined) {
      current.push(line);
    } else {
      current = [];
      result[heading] = current;
    }
  }
  return result;
}

export interface LexiconWish {
  readonly types: readonly string[];
  readonly count: number;
  readonly seed: number;
  readonly version?: PlanVersion;
}

/**
 * Topics for the types of a project from the shipped lexicon: common and rare names alternate, and so do the types, so
 * that any stretch of the list has all of them until a type has no more. A type for which the project lists topics takes
 * those. A type that neither knows has none, and names that do not fit the types of the project are left out.
 */
export function lexiconTopics(
  project: Project,
  lexicon: ShippedLexicon,
  { types, count, seed, version = planVersion }: LexiconWish,
): readonly Topic[] {
  const random = seededRandom(seed);
  const namesOf = (type: string): readonly string[] => {
    if (type === 'Gene') return shuffled(seededRandom(seed), lexicon.genes);
    const lists = version === 1 ? formerLists(lexicon.former, type) : fittingLists(lexicon, project, type);
    return lists === undefined ? [] : mixedNames(lists, seed);
  };
  const decks = types.flatMap((type) => {
    const own = ownNames(project, type);
    const names = own.length > 0 ? shuffled(random, own) : namesOf(type);
    return names.length === 0 ? [] : [{ type, names }];
  });
  const topics: Topic[] = [];
  for (let round = 0; topics.length < count && decks.some(({ names }) => round < names.length); round++) {
    for (const { type, names } of decks) {
      const name = names[round];
      if (name !== undefined && topics.length < count) topics.push({ type, name });
    }
  }
  return topics;
}

/** One name of each common group in turn, with a rare one after each. */
function mixedNames(lists: NameLists, seed: number): readonly string[] {
  const random = seededRandom(seed);
  const shuffledGroups = lists.common.map((names) => shuffled(random, names));
  const common: string[] = [];
  for (let round = 0; shuffledGroups.some((names) => round < names.length); round++) {
    for (const names of shuffled(random, shuffledGroups)) common.push(...names.slice(round, round + 1));
  }
  const rare = shuffled(random, lists.rare);
  const mixed: string[] = [];
  for (let index = 0; index < Math.max(common.length, rare.length); index++) {
    mixed.push(...common.slice(index, index + 1), ...rare.slice(index, index + 1));
  }
  return [...new Set(mixed)];
}

/** The lists of the first plan: by the name of the type alone. */
function formerLists({ common, rare }: Lexicon, type: string): NameLists | undefined {
  const list = (Object.keys(common) as LexiconType[]).find((name) => name === type);
  return list === undefined ? undefined : { common: Object.values(common[list]), rare: rare[list] };
}
