import { createAccount } from './cost/account.ts';
import { runPrice } from './cost/runPrice.ts';
import { describeRun } from './describeRun.ts';
import { createJudge } from './judge.ts';
import { requestRandom } from './plan.ts';
import { planRun, type PlanOptions } from './planRun.ts';
import type { Provider } from './provider.ts';
import type { GenerateProgress } from './run/progress.ts';
import { runRequests } from './run/runRequests.ts';
import { openRunFolder } from './runFolder.ts';
import { createSender, type SendingOptions } from './sending/sender.ts';
import { sendingOptions } from './sending/sendingOptions.ts';
import { tallyOf } from './tally.ts';

export interface GenerateOptions extends PlanOptions {
  readonly provider: Provider;
  /** The run's folder. */
  readonly out: string;
  /** Goes on with the run in `out`, if there is one. */
  readonly resume?: boolean;
  /**
   * The run, with what it used before it was resumed, never costs more USD than this. Goes before the project's
   * limit.
   */
  readonly maxCostUsd?: number;
  /** Goes before the project's settings. */
  readonly sending?: Partial<SendingOptions>;
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
  readonly tokens?: { readonly input: number; readonly output: number };
  readonly costUsd?: number;
  readonly unansweredUsd?: number;
}

/**
 * Writes labelled synthetic texts into a run folder until `count` are accepted. Every request is on disk
 * before it is sent and every reply before it is judged; replies are judged in the order in which they came.
 * Throws `UserError`, or `CancelledError`; the folder can be resumed after either.
 */
export async function generate(options: GenerateOptions, hooks: GenerateHooks = {}): Promise<GenerateResult> {
  const { project, provider, out } = options;
  const plan = planRun(options);
  const maxCostUsd = options.maxCostUsd ?? project.generation.maxCostUsd;
  const price = runPrice(provider, project.generation, maxCostUsd);
  const { run, description } = describeRun(plan, provider);
  const folder = await openRunFolder(out, description, { resume: options.resume ?? false, price });
  try {
    const judge = createJudge(project);
    const tally = await tallyOf(folder, plan.task, judge);
    const account = createAccount(folder.state.usage, price, maxCostUsd);
    const sending = sendingOptions(provider, project.generation, options.sending);
    const sender = createSender(provider, sending, requestRandom(plan.seed, folder.state.nextIndex));
    await runRequests(
      {
        run,
        out,
        plan,
        provider,
        price,
        folder,
        judge,
        tally,
        account,
        sender,
        concurrency: sending.concurrency,
      },
      hooks,
    );
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
  } finally {
    await folder.close();
  }
}
