import path from 'node:path';
import { writeFileAtomic } from '../../foundation/atomicFile.ts';
import type { Project } from '../../project/project.ts';
import { UserError } from '../../foundation/userError.ts';
import { readTextIfThere } from '../../foundation/readFiles.ts';
import { planRequest } from '../plan/planRequest.ts';
import { planRun } from '../plan/planRun.ts';
import { builtInPrompts, editableTemplate } from '../prompt/promptDefaults.ts';
import { buildPrompt } from '../prompt/prompt.ts';
import type { Provider } from '../../llm/provider.ts';
import { askForCandidates } from './requestCandidates.ts';
import { describeTrial } from './describeRound.ts';
import type { Candidate, Round } from './round.ts';
import { tryTemplate } from './tryTemplate.ts';

/** Of a search: after them the user has to choose. */
export const mostRounds = 3;

export interface SearchOptions {
  readonly task: 'ner' | 're';
  readonly project: Project;
  readonly provider: Provider;
  /** The search's folder. */
  readonly out: string;
  /** Templates asked for in a round. */
  readonly candidates: number;
  /** Texts asked for with each. */
  readonly texts: number;
  readonly seed: number;
  /** The whole search never costs more USD than this. */
  readonly maxCostUsd?: number;
}

interface SearchHooks {
  readonly signal?: AbortSignal;
  /** What is done now, and the part of the round that is done, in [0, 1]. */
  readonly onProgress?: (text: string, fraction: number) => void;
}

const roundFile = (out: string, round: number): string => path.join(out, `round-${round}`, 'round.json');

/** The rounds of a search that came to their end. Throws `UserError`. */
export async function readRounds(out: string): Promise<readonly Round[]> {
  const rounds: Round[] = [];
  for (let round = 1; round <= mostRounds; round++) {
    const file = roundFile(out, round);
    const source = await readTextIfThere(file);
    if (source === undefined) break;
    try {
      rounds.push(JSON.parse(source) as Round);
    } catch {
      throw new UserError('This file is not valid JSON.', {
        place: { file },
        nextStep: 'Restore it, or search anew in another folder.',
      });
    }
  }
  return rounds;
}

/**
 * One round of a search: asks for templates, or for variants of candidate `variantsOf` of the round before,
 * and has each write the same few texts. Every reply is on disk before it counts: a round that was cut off is
 * gone on with. Sends what `generate` sends. Throws `UserError` or `CancelledError`.
 */
export async function runRound(
  options: SearchOptions & { readonly variantsOf?: number },
  { signal, onProgress }: SearchHooks = {},
): Promise<Round> {
  const { task, out, candidates: wanted, texts } = options;
  const before = await readRounds(out);
  const number = before.length + 1;
  if (number > mostRounds) {
    throw new UserError(`A search has ${mostRounds} rounds, and they are over.`, {
      nextStep: 'Pick a template of the last one.',
    });
  }
  const base = baseOf(options, before.at(-1));
  const folder = path.dirname(roundFile(out, number));
  const spent = before.at(-1)?.costUsd;
  const limit = (more: number): { maxCostUsd?: number } =>
    options.maxCostUsd === undefined ? {} : { maxCostUsd: options.maxCostUsd - (spent ?? 0) - more };

  onProgress?.(`asking for ${wanted} templates`, 0);
  const asked = await askForCandidates(
    {
      ...options,
      ...limit(0),
      out: path.join(folder, 'asked'),
      subject: subjectOf(options),
      base: base.template ?? '',
      ...(base.trial === undefined ? {} : { baseResult: describeTrial(base.trial, texts) }),
    },
    signal,
  );
  let cost = asked.costUsd;
  const found: Candidate[] = [base];
  for (const one of asked.candidates) found.push({ number: found.length, ...one });
  const candidates: Candidate[] = [];
  for (const candidate of found) {
    const { template, trial, number: place, idea } = candidate;
    if (template === undefined || trial !== undefined) {
      candidates.push(candidate);
      continue;
    }
    onProgress?.(`prompt ${place} of ${found.length - 1}`, (place + 1) / (found.length + 1));
    await writeFileAtomic(path.join(folder, `${place}.md`), editableTemplate(task, template, idea));
    const tried = await tryTemplate(
      { ...options, ...limit(cost ?? 0), template, out: path.join(folder, String(place)) },
      signal,
    );
    if (tried.costUsd !== undefined) cost = (cost ?? 0) + tried.costUsd;
    candidates.push({ ...candidate, trial: tried });
  }
  const total = cost === undefined ? spent : (spent ?? 0) + cost;
  const { model } = options.provider;
  const round = {
    round: number,
    model,
    texts,
    candidates,
    ...(total === undefined ? {} : { costUsd: total }),
  };
  await writeFileAtomic(roundFile(out, number), `${JSON.stringify(round, null, 2)}\n`);
  return round;
}

/** The candidate of a round with this number and a template. Throws `UserError`. */
export function candidateOf(
  { candidates }: Round,
  number: number,
): Candidate & { readonly template: string } {
  const found = candidates.find((candidate) => candidate.number === number);
  if (found?.template !== undefined) return { ...found, template: found.template };
  const usable = candidates.filter(({ template }) => template !== undefined);
  throw new UserError(`There is no template ${number} in this round.`, {
    nextStep: `Choose of ${usable.map((candidate) => candidate.number).join(', ')}.`,
  });
}

function baseOf(
  { task, project, variantsOf }: Pick<SearchOptions, 'task' | 'project'> & { readonly variantsOf?: number },
  last: Round | undefined,
): Candidate {
  if (last === undefined) {
    const own = project.prompts?.[task];
    return {
      number: 0,
      idea: own === undefined ? 'the built-in template' : "the project's template",
      template: own?.text ?? builtInPrompts[task],
    };
  }
  if (variantsOf === undefined) {
    throw new UserError('A round after the first needs a template whose variants it tries.', {
      nextStep: 'Say which one of the last round.',
    });
  }
  return { ...candidateOf(last, variantsOf), number: 0 };
}

/** What the texts are to be about: the built-in system message says it well. */
function subjectOf({ task, project, seed }: Pick<SearchOptions, 'task' | 'project' | 'seed'>): string {
  const { prompts: _, ...builtIn } = project;
  const plan = planRun({ task, project: builtIn, count: 1, seed });
  const spec = planRequest(plan, 0, { accepted: 0, acceptedNegative: 0 });
  return buildPrompt(spec, plan.project)[0]?.content ?? '';
}
