import { throwIfCancelled, UserError } from '../foundation/userError.ts';
import type { Project, RelationType } from '../project/project.ts';
import { describeRun } from './describeRun.ts';
import { createJudge } from './judge.ts';
import { judgeReply } from './judgeReply.ts';
import { planRequest, projectSeeds, type RunPlan } from './plan.ts';
import { buildPrompt, promptHash } from './prompt.ts';
import type { Ask, Provider, Seed } from './provider.ts';
import { replySchema } from './reply.ts';
import { openRunFolder, type RunFolder } from './runFolder.ts';
import { tallyOf, type Tally } from './tally.ts';

export interface GenerateOptions {
  readonly task: 'ner' | 're';
  readonly provider: Provider;
  readonly project: Project;
  /** Accepted texts wanted; a resumed run counts those it has. */
  readonly count: number;
  /** The run's folder. */
  readonly out: string;
  /** Decides everything that is drawn: same seed and offline provider, same files byte for byte. */
  readonly seed: number;
  /** Goes on with the run in `out`, if there is one. */
  readonly resume?: boolean;
  /** Names to write about; those of the project when absent. */
  readonly names?: readonly Seed[];
}

export interface GenerateProgress {
  readonly accepted: number;
  readonly rejected: number;
  readonly wanted: number;
  readonly requests: number;
  /** Spent in this call, as far as the provider counts them. */
  readonly tokens?: number;
}

export interface GenerateHooks {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: GenerateProgress) => void;
}

export interface GenerateResult {
  readonly folder: string;
  readonly accepted: number;
  readonly rejected: number;
  readonly rejectedByReason: Readonly<Record<string, number>>;
}

/** After so many replies in a row of which nothing could be used, the run gives up. */
const fruitlessReplies = 10;

/**
 * Writes labelled synthetic texts into a run folder until `count` are accepted. Every reply is on disk before
 * it is judged. Throws `UserError`, or `CancelledError`; the folder can be resumed after either.
 */
export async function generate(options: GenerateOptions, hooks: GenerateHooks = {}): Promise<GenerateResult> {
  const { project, provider } = options;
  const relation = relationOf(options);
  const plan: RunPlan = {
    task: options.task,
    project,
    ...(relation === undefined ? {} : { relation }),
    count: options.count,
    seed: options.seed,
    names: options.names ?? projectSeeds(project, options.seed),
  };
  const { run, description } = describeRun(plan, provider);
  const folder = await openRunFolder(options.out, description, { resume: options.resume ?? false });
  try {
    return await runRequests(plan, folder, { ...options, run }, hooks);
  } finally {
    await folder.close();
  }
}

function relationOf({ task, project }: GenerateOptions): RelationType | undefined {
  if (task === 'ner') return undefined;
  const [relation] = project.relationTypes;
  if (relation !== undefined) return relation;
  throw new UserError('The project has no relation type to write sentences about.', {
    nextStep: 'Add one to "relationTypes" in chartmark.json.',
  });
}

async function runRequests(
  plan: RunPlan,
  folder: RunFolder,
  { provider, project, out, run }: GenerateOptions & { readonly run: string },
  { signal, onProgress }: GenerateHooks,
): Promise<GenerateResult> {
  const judge = createJudge(project);
  const tally = tallyOf(folder, plan.task, judge);
  let pending = folder.pendingReply;
  let fruitless = 0;
  for (let index = folder.nextIndex; tally.accepted < plan.count; index++) {
    throwIfCancelled(signal);
    const ask = planRequest(plan, index, tally);
    const messages = buildPrompt(ask, project);
    const hash = promptHash(messages);
    let reply = pending;
    if (reply === undefined) {
      await folder.requested(index, { prompt: hash, ...askSummary(ask) });
      const schema = replySchema(plan.task, plan.relation?.name);
      reply = await provider.complete({ index, ask, messages, replySchema: schema }, signal);
      await folder.replied(index, reply);
    }
    pending = undefined;
    const before = tally.accepted;
    const provenance = { run, provider, promptHash: hash, ask };
    await folder.concluded(index, judgeReply(reply, { index, provenance, judge, tally, count: plan.count }));
    onProgress?.(progressOf(tally, plan.count));
    fruitless = tally.accepted > before ? 0 : fruitless + 1;
    if (fruitless === fruitlessReplies) throw nothingUsable(out, tally);
  }
  return { folder: out, accepted: tally.accepted, rejected: tally.rejected, rejectedByReason: tally.reasons };
}

function progressOf(tally: Tally, wanted: number): GenerateProgress {
  const { accepted, rejected, requests, tokens } = tally;
  return { accepted, rejected, requests, wanted, ...(tokens === undefined ? {} : { tokens }) };
}

/** A request as the ledger keeps it: what was asked, not how it was worded. */
function askSummary(ask: Ask): { style: string; texts: number; negatives: number; seeds: readonly string[] } {
  return {
    style: ask.style.name,
    texts: ask.texts,
    negatives: ask.task === 'ner' ? ask.entityFree : ask.negative,
    seeds: ask.seeds.map(({ name }) => name),
  };
}

function nothingUsable(out: string, tally: Tally): UserError {
  const [reason] = Object.entries(tally.reasons).sort(([, a], [, b]) => b - a)[0] ?? ['malformed'];
  return new UserError(
    `Of the last ${fruitlessReplies} replies no text could be used, most often because of "${reason}".`,
    {
      place: { file: out },
      nextStep: 'Look at rejected.jsonl there, and try another model or other settings.',
    },
  );
}
