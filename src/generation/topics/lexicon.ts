import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { asFileError } from '../../foundation/userError.ts';

interface Abbreviation {
  readonly name: string;
  readonly short: string;
  readonly type: string;
}

/** Names to write about: common ones by type and group, rarer ones by type, abbreviations and gene symbols. */
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
