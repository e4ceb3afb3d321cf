import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { seededRandom, shuffled } from '../../foundation/random.ts';
import { asFileError } from '../../foundation/userError.ts';
import type { Project } from '../../project/project.ts';
import type { Topic } from '../plan/requestSpec.ts';
import { ownNames } from '../plan/topicOrder.ts';

interface Abbreviation {
  readonly name: string;
  readonly short: string;
  readonly type: string;
}

/** The shipped names: common ones by type and group, rarer ones by type, abbreviations and gene symbols. */
export interface Lexicon {
  readonly common: Readonly<Record<LexiconType, Readonly<Record<string, readonly string[]>>>>;
  readonly rare: Readonly<Record<LexiconType, readonly string[]>>;
  readonly abbreviations: readonly Abbreviation[];
  readonly genes: readonly string[];
}

export type LexiconType = 'Disease' | 'Chemical' | 'Procedure';

/** Reads the shipped lexicon from the folder `lexicon` under `resources`. Throws `UserError` naming the file. */
export async function loadLexicon(resources: string): Promise<Lexicon> {
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
  const [disease, chemical, procedure, rareDisease, rareChemical, rareProcedure, genes, abbreviations] =
    await Promise.all([
      read('disease.txt'),
      read('chemical.txt'),
      read('procedure.txt'),
      read('wordnet-disease.txt'),
      read('wordnet-chemical.txt'),
      read('wordnet-procedure.txt'),
      read('genes.txt'),
      read('abbreviations.tsv'),
    ]);
  return {
    common: { Disease: groups(disease), Chemical: groups(chemical), Procedure: groups(procedure) },
    rare: { Disease: rareDisease, Chemical: rareChemical, Procedure: rareProcedure },
    genes,
    abbreviations: abbreviations.map((line) => {
      const [name = '', short = '', type = ''] = line.split('\t');
      return { name, short, type };
    }),
  };
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
}

/**
 * Topics for the types of a project from the shipped lexicon: common and rare names alternate, and so do the types, so
 * that any stretch of the list has all of them. A type for which the project lists topics takes those. A type that
 * neither knows has none.
 */
export function lexiconTopics(
  project: Project,
  lexicon: Lexicon,
  { types, count, seed }: LexiconWish,
): readonly Topic[] {
  const random = seededRandom(seed);
  const decks = types.flatMap((type) => {
    const own = ownNames(project, type);
    const names = own.length > 0 ? shuffled(random, own) : mixedNames(lexicon, type, seed);
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

/** The names of a type: one of each common group in turn, with a rare one after each. */
function mixedNames(lexicon: Lexicon, type: string, seed: number): readonly string[] {
  const random = seededRandom(seed);
  if (type === 'Gene') return shuffled(random, lexicon.genes);
  if (!isLexiconType(lexicon, type)) return [];
  const shuffledGroups = Object.values(lexicon.common[type]).map((names) => shuffled(random, names));
  const common: string[] = [];
  for (let round = 0; shuffledGroups.some((names) => round < names.length); round++) {
    for (const names of shuffled(random, shuffledGroups)) common.push(...names.slice(round, round + 1));
  }
  const rare = shuffled(random, lexicon.rare[type]);
  const mixed: string[] = [];
  for (let index = 0; index < Math.max(common.length, rare.length); index++) {
    mixed.push(...common.slice(index, index + 1), ...rare.slice(index, index + 1));
  }
  return [...new Set(mixed)];
}

function isLexiconType({ common }: Lexicon, type: string): type is LexiconType {
  return Object.hasOwn(common, type);
}
