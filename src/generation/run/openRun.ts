import type { TokenPrice } from '../../llm/cost/prices.ts';
import { judgeReply } from './judgeReply.ts';
import type { RequestSpec, WriterInfo } from '../plan/requestSpec.ts';
import { specOfRecord } from './specRecord.ts';
import { createAccount, type Account } from '../../llm/cost/account.ts';
import { requirePrice } from '../../llm/cost/requirePrice.ts';
import { settleBatches } from '../../runs/batches/settleBatches.ts';
import { describeRun } from './describeRun.ts';
import { createJudge, type Judge } from '../judge/judge.ts';
import type { RunPlan } from '../plan/planRequest.ts';
import { planVersionOf } from '../plan/planVersion.ts';
import { checkWriter, planRun, type PlanOptions } from '../plan/planRun.ts';
import type { CompletionReply } from '../../llm/provider.ts';
import { findRunDescription } from '../../runs/runDescription.ts';
import { openRunFolder, type RunFolder } from '../../runs/runFolder.ts';
import { tallyOf, type Tally } from './tally.ts';

export interface RunOptions extends PlanOptions {
  readonly provider: WriterInfo;
  /** The run's folder. */
  readonly out: string;
  /** Resumes the run in `out`, if there is one. */
  readonly resume?: boolean;
  /** Sends requests again for which batches brought no reply. */
  readonly askMissing?: boolean;
  /**
   * In USD. The run never costs more, including what it used before it was resumed. Takes precedence over the project's
   * limit.
   */
  readonly maxCostUsd?: number;
}

/** A run that is open for writing. */
export interface OpenRun {
  /** The run's name. */
  readonly run: string;
  /** Its folder. */
  readonly out: string;
  readonly plan: RunPlan;
  readonly provider: WriterInfo;
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

/** Begins or resumes the run in `options.out` for `work`, and closes it. Throws `UserError` and what `work` throws. */
export async function withRun<T>(options: RunOptions, work: (run: OpenRun) => Promise<T>): Promise<T> {
  const { project, provider, out } = options;
  const version = options.version ?? planVersionOf(await findRunDescription(out));
  const plan = planRun({ ...options, version });
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

/** Judges a reply that is on the disk. Call it in the order of the replies. Resolves once the outcome is there, too. */
export function concludeReply(
  { run, plan, provider, folder, judge, tally }: OpenRun,
  { index, spec, promptHash, reply }: AnsweredRequest,
): Promise<void> {
  const provenance = { run, provider, promptHash, spec };
  return folder.concluded(index, judgeReply(reply, { index, provenance, judge, tally, count: plan.count }));
}

export interface AnsweredRequest {
  readonly index: number;
  readonly spec: RequestSpec;
  readonly promptHash: string;
  readonly reply: CompletionReply;
}

/** Replies that were on the disk without an outcome when the run was opened, in their order. */
export function pendingReplies({ folder, plan }: OpenRun): readonly AnsweredRequest[] {
  return folder.state.pending.map(({ request, reply }) => ({
    index: request.index,
    spec: specOfRecord(request, plan),
    promptHash: request.prompt,
    reply,
  }));
}

/** The result of the run so far. */
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
