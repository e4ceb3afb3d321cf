import type { TokenPrice } from '../../llm/cost/prices.ts';
import { judgeReply, refusedOutcome } from './judgeReply.ts';
import type { RequestSpec, Writer } from '../plan/requestSpec.ts';
import { specOfRecord } from './specRecord.ts';
import { createAccount, type Account } from '../../llm/cost/account.ts';
import { requirePrice } from '../../llm/cost/requirePrice.ts';
import { settleBatches } from '../../runs/batches/settleBatches.ts';
import { describeRun } from './describeRun.ts';
import { createJudge, type Judge } from '../judge/judge.ts';
import type { RunPlan } from '../plan/planRequest.ts';
import { checkWriter, planRun, type PlanOptions } from '../plan/planRun.ts';
import type { CompletionReply } from '../../llm/provider.ts';
import { openRunFolder, type RunFolder } from '../../runs/runFolder.ts';
import { tallyOf, type Tally } from './tally.ts';

export interface RunOptions extends PlanOptions {
  readonly provider: Writer;
  /** The run's folder. */
  readonly out: string;
  /** Goes on with the run in `out`, if there is one. */
  readonly resume?: boolean;
  /** Asks again for what batches brought no reply to. */
  readonly askMissing?: boolean;
  /**
   * The run, with what it used before it was resumed, never costs more USD than this. Goes before the project's
   * limit.
   */
  readonly maxCostUsd?: number;
}

/** A run that is at work in its folder. */
export interface OpenRun {
  /** The run's name. */
  readonly run: string;
  /** Its folder. */
  readonly out: string;
  readonly plan: RunPlan;
  readonly provider: Writer;
  readonly price: TokenPrice | undefined;
  readonly folder: RunFolder;
  readonly judge: Judge;
  readonly tally: Tally;
  readonly account: Account;
}

export interface RunResult {
  readonly folder: string;
  readonly accepted: number;
  readonly rejected: number;
  readonly rejectedByReason: Readonly<Record<string, number>>;
  readonly tokens?: { readonly input: number; readonly output: number };
  readonly costUsd?: number;
  readonly unansweredUsd?: number;
}

/** Does `work` with the run in `options.out`, begun or gone on with. Throws `UserError` and what `work` throws. */
export async function withRun<T>(options: RunOptions, work: (run: OpenRun) => Promise<T>): Promise<T> {
  const { project, provider, out } = options;
  const plan = planRun(options);
  checkWriter(provider, plan);
  const maxCostUsd = options.maxCostUsd ?? project.generation.maxCostUsd;
  const price = requirePrice(provider, project.generation.prices, maxCostUsd);
  const described = describeRun(plan, provider);
  const opened = await openRunFolder(out, described.description, { resume: options.resume ?? false, price });
  try {
    const folder = await settleBatches(opened, { out, askMissing: options.askMissing ?? false });
    const judge = createJudge(plan.project);
    const tally = await tallyOf(folder, plan.task, judge);
    const account = createAccount(folder.state.usage, price, maxCostUsd);
    // What is out in batches may still have to be paid for.
    for (const { upTo = 0 } of folder.state.out) account.reserve(upTo);
    const run = opened.begunAs ?? described.run;
    return await work({ run, out, plan, provider, price, folder, judge, tally, account });
  } finally {
    await opened.close();
  }
}

/** Judges a reply that is on the disk. Resolves once its outcome is there, too; to be called in their order. */
export function concludeReply(
  { run, plan, provider, folder, judge, tally }: OpenRun,
  { index, spec, promptHash, reply }: AnsweredRequest,
): Promise<void> {
  const outcome =
    reply.refused === undefined
      ? judgeReply(reply, {
          index,
          provenance: { run, provider, promptHash, spec },
          judge,
          tally,
          count: plan.count,
        })
      : refusedOutcome(reply, reply.refused, { index, tally });
  return folder.concluded(index, outcome);
}

export interface AnsweredRequest {
  readonly index: number;
  readonly spec: RequestSpec;
  readonly promptHash: string;
  readonly reply: CompletionReply;
}

/** Replies that an earlier sitting left on the disk without an outcome, in their order. */
export function pendingReplies({ folder, plan }: OpenRun): readonly AnsweredRequest[] {
  return folder.state.pending.map(({ request, reply }) => ({
    index: request.index,
    spec: specOfRecord(request, plan),
    promptHash: request.prompt,
    reply,
  }));
}

/** What the run has come to. */
export function runResult({ out, price, tally, account }: OpenRun): RunResult {
  const { accepted, rejected, reasons } = tally;
  const { inputTokens, outputTokens, costUsd, unansweredUsd } = account.usage;
  return {
    folder: out,
    accepted,
    rejected,
    rejectedByReason: reasons,
    ...(inputTokens + outputTokens > 0 ? { tokens: { input: inputTokens, output: outputTokens } } : {}),
    ...(price === undefined ? {} : { costUsd, unansweredUsd }),
  };
}
