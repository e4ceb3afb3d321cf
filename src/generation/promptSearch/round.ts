import path from 'node:path';
import * as z from 'zod/mini';
import type { ValueOf } from '../../foundation/checkValue.ts';
import { readJson } from '../../foundation/readJson.ts';
import { UserError } from '../../foundation/userError.ts';
import { readTextIfThere } from '../../foundation/readFiles.ts';

/** The most rounds of a search. After them the user has to choose. */
export const mostRounds = 3;

const trialSchema = z.object({
  accepted: z.int(),
  /** Rejected texts, by reason. */
  rejected: z.record(z.string(), z.int()),
  /** Of the accepted texts: mentions in all, texts without one (or without the relation), mean length in characters. */
  mentions: z.int(),
  negative: z.int(),
  meanLength: z.number(),
  /** The texts as they came, with tags. One that was rejected says why. */
  texts: z.array(
    z.object({
      text: z.string(),
      reason: z.exactOptional(z.string()),
      detail: z.exactOptional(z.string()),
    }),
  ),
  costUsd: z.exactOptional(z.number()),
});

const candidateSchema = z.object({
  /** 0 is the template from which the others of the round start. */
  number: z.int(),
  idea: z.string(),
  /** Missing if the model gave none that can be used. */
  template: z.exactOptional(z.string()),
  problem: z.exactOptional(z.string()),
  trial: z.exactOptional(trialSchema),
});

const roundSchema = z.object({
  round: z.int(),
  /** The language model that was used. Missing in rounds of older versions. */
  model: z.exactOptional(z.string()),
  texts: z.int(),
  candidates: z.array(candidateSchema),
  /** What the search has cost so far, this round included. Missing if no price is known. */
  costUsd: z.exactOptional(z.number()),
});

/** What came of one request with a template. */
export type Trial = ValueOf<typeof trialSchema>;
/** A template and how it did. */
export type Candidate = ValueOf<typeof candidateSchema>;
export type Round = ValueOf<typeof roundSchema>;

/** The folder of a round of the search in `out`. */
export const roundFolder = (out: string, round: number): string => path.join(out, `round-${round}`);
/** The file in it that says what came of a finished round. */
export const roundFile = 'round.json';

/** The finished rounds of a search. Throws `UserError`. */
export async function readRounds(out: string): Promise<readonly Round[]> {
  const rounds: Round[] = [];
  for (let round = 1; round <= mostRounds; round++) {
    const file = path.join(roundFolder(out, round), roundFile);
    const source = await readTextIfThere(file);
    if (source === undefined) break;
    const nextStep = 'Restore the file, or start a new search in another folder.';
    rounds.push(readJson(roundSchema, source, { name: roundFile, place: { file }, nextStep }));
  }
  return rounds;
}

/** The candidate of a round with this number and a template. Throws `UserError`. */
export function candidateOf(
  { candidates }: Round,
  number: number,
): Candidate & { readonly template: string } {
  const found = candidates.find((candidate) => candidate.number === number);
  if (found?.template !== undefined) return { ...found, template: found.template };
  const usable = candidates.filter(({ template }) => template !== undefined);
  throw new UserError(`This round has no prompt ${number}.`, {
    nextStep: `Choose one of ${usable.map((candidate) => candidate.number).join(', ')}.`,
  });
}
