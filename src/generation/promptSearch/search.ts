import path from 'node:path';
import { writeFileAtomic } from '../../foundation/atomicFile.ts';
import { counted } from '../../foundation/numbers.ts';
import { UserError } from '../../foundation/userError.ts';
import { estimatedCost, type Estimate } from '../../llm/cost/estimate.ts';
import type { MeasuredRequest } from '../../llm/cost/measureRequest.ts';
import { priceOf } from '../../llm/cost/prices.ts';
import type { ModelInfo, Provider } from '../../llm/provider.ts';
import type { Project } from '../../project/project.ts';
import { planRequest } from '../plan/planRequest.ts';
import { planRun } from '../plan/planRun.ts';
import { buildPrompt } from '../prompt/buildPrompt.ts';
import { builtInPrompts, editableTemplate } from '../prompt/promptDefaults.ts';
import { previewRequest } from '../prompt/promptPreview.ts';
import type { CandidateSpec } from './candidateRequest.ts';
import { describeTrial } from './describeRound.ts';
import { composeCandidateRequest, requestCandidates } from './requestCandidates.ts';
import {
  type Candidate,
  candidateOf,
  mostRounds,
  readRounds,
  type Round,
  roundFile,
  roundFolder,
} from './round.ts';
import { trialProject, tryTemplate } from './tryTemplate.ts';

/** The settings of a round. */
export interface RoundOptions {
  readonly task: 'ner' | 're';
  readonly project: Project;
  readonly provider: ModelInfo;
  /** Templates that are requested. */
  readonly candidates: number;
  /** Texts that are requested with each. */
  readonly texts: number;
  readonly seed: number;
  /** In a round after the first: the candidate of the last round whose variants are requested. */
  readonly variantsOf?: number | undefined;
}

export interface SearchOptions extends RoundOptions {
  readonly provider: Provider;
  /** The search's folder. */
  readonly out: string;
  /** The limit of the whole search, in USD. */
  readonly maxCostUsd?: number | undefined;
}

export interface SearchHooks {
  readonly signal?: AbortSignal;
  /** What is done now, and the part of the round that is done, in [0, 1]. */
  readonly onProgress?: (text: string, fraction: number) => void;
}

/**
 * What the round after `last` is expected to take, and its first request. Writes and sends nothing. Throws `UserError`
 * if there can be no such round.
 */
export function estimateRound(
  options: RoundOptions,
  last: Round | undefined,
): { readonly estimate: Estimate; readonly next: MeasuredRequest } {
  const { task, project, provider, candidates, texts, seed } = options;
  const known = priceOf(provider.model, project.generation.prices);
  const { base, spec } = nextRound(options, last);
  const next = composeCandidateRequest(spec, project, known?.price);
  const plan = planRun({ task, project: trialProject(project, task, texts), count: texts, seed });
  const trial = previewRequest(plan, 0);
  const trials = candidates + (base.trial === undefined ? 1 : 0);
  const tokens = {
    input: next.tokens.input + trials * trial.tokens.input,
    output: next.tokens.output + trials * trial.tokens.output,
  };
  const estimate = {
    texts: trials * texts,
    requests: trials + 1,
    tokens,
    ...estimatedCost(known, tokens, next.upTo),
    ...(last?.costUsd === undefined ? {} : { spentUsd: last.costUsd }),
  };
  return { estimate, next };
}

/**
 * Runs the next round of a search: requests templates, or variants of candidate `variantsOf` of the last round, and has
 * the model write the same few texts with each. Every reply is on disk before it counts, so that an interrupted round
 * can be resumed. Sends what `generate` sends. Throws `UserError` or `CancelledError`.
 */
export async function runRound(
  options: SearchOptions,
  { signal, onProgress }: SearchHooks = {},
): Promise<Round> {
  const { task, project, provider, out, texts, seed } = options;
  const last = (await readRounds(out)).at(-1);
  const { number, base, spec } = nextRound(options, last);
  const folder = roundFolder(out, number);
  onProgress?.(`requesting ${counted(spec.count, 'prompt')}`, 0);
  const requested = await requestCandidates(
    spec,
    { project, provider, out: path.join(folder, 'asked'), ...limitAfter(last?.costUsd, options) },
    signal,
  );
  const found: Candidate[] = [base, ...requested.candidates.map((one, at) => ({ number: at + 1, ...one }))];
  const candidates: Candidate[] = [];
  let costUsd = sumOf(last?.costUsd, requested.costUsd);
  for (const candidate of found) {
    const { template, trial, number: place, idea } = candidate;
    if (template === undefined || trial !== undefined) {
      candidates.push(candidate);
      continue;
    }
    onProgress?.(`prompt ${place} of ${found.length - 1}`, (place + 1) / (found.length + 1));
    await writeFileAtomic(path.join(folder, `${place}.md`), editableTemplate(task, template, idea));
    const trialOut = path.join(folder, String(place));
    const tried = await tryTemplate(
      { task, project, provider, template, out: trialOut, texts, seed, ...limitAfter(costUsd, options) },
      signal,
    );
    costUsd = sumOf(costUsd, tried.costUsd);
    candidates.push({ ...candidate, trial: tried });
  }
  const done = { round: number, model: provider.model, texts, candidates };
  const round = { ...done, ...(costUsd === undefined ? {} : { costUsd }) };
  await writeFileAtomic(path.join(folder, roundFile), `${JSON.stringify(round, null, 2)}\n`);
  return round;
}

/** What is left of the limit after `spentUsd`. */
function limitAfter(spentUsd: number | undefined, { maxCostUsd }: SearchOptions): { maxCostUsd?: number } {
  return maxCostUsd === undefined ? {} : { maxCostUsd: maxCostUsd - (spentUsd ?? 0) };
}

function sumOf(before: number | undefined, more: number | undefined): number | undefined {
  return more === undefined ? before : (before ?? 0) + more;
}

/** The round after `last`: `base` is the candidate from which the others start. */
function nextRound(
  options: RoundOptions,
  last: Round | undefined,
): { readonly number: number; readonly base: Candidate; readonly spec: CandidateSpec } {
  const number = (last?.round ?? 0) + 1;
  if (number > mostRounds) {
    throw new UserError(`A search has at most ${mostRounds} rounds, and this one has had them.`, {
      nextStep: 'Pick a prompt of the last round.',
    });
  }
  const { task, candidates, texts } = options;
  const base = baseOf(options, last);
  const spec = {
    task,
    subject: subjectOf(options),
    base: base.template,
    ...(base.trial === undefined ? {} : { baseResult: describeTrial(base.trial, texts) }),
    count: candidates,
  };
  return { number, base, spec };
}

function baseOf(
  { task, project, variantsOf }: RoundOptions,
  last: Round | undefined,
): Candidate & { readonly template: string } {
  if (last === undefined) {
    const own = project.prompts?.[task];
    return {
      number: 0,
      idea: own === undefined ? 'the built-in template' : "the project's template",
      template: own?.text ?? builtInPrompts[task],
    };
  }
  if (variantsOf === undefined) {
    throw new UserError('A round after the first tries variants of a prompt, and none was named.', {
      nextStep: 'Name a prompt of the last round.',
    });
  }
  return { ...candidateOf(last, variantsOf), number: 0 };
}

/** What the texts should be about, as the built-in system message says it. */
function subjectOf({ task, project, seed }: RoundOptions): string {
  const { prompts: _, ...builtIn } = project;
  const plan = planRun({ task, project: builtIn, count: 1, seed });
  const spec = planRequest(plan, 0, { accepted: 0, acceptedNegative: 0 });
  return buildPrompt(spec, plan.project)[0]?.content ?? '';
}
