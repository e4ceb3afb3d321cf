import { requestRandom } from '../../foundation/random.ts';
import { createSender, type SendingOptions } from '../../llm/sending/sender.ts';
import { sendingOptions } from '../../llm/sending/sendingOptions.ts';
import type { Writer } from '../plan/requestSpec.ts';
import type { GenerateProgress } from './generateProgress.ts';
import { type RunOptions, type RunResult, runResult, withRun } from './openRun.ts';
import { runRequests } from './runRequests.ts';

export interface GenerateOptions extends RunOptions {
  readonly provider: Writer;
  /** Takes precedence over the project's settings. */
  readonly sending?: Partial<SendingOptions>;
}

export interface GenerateHooks {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: GenerateProgress) => void;
}

export interface GenerateResult extends RunResult {
  /** Requests whose replies are still to come, from batches. */
  readonly outInBatches: number;
}

/**
 * Writes labelled synthetic texts into a run folder until `count` are accepted; texts that are out in batches count. Every
 * request is on disk before it is sent and every reply before it is judged. Replies are judged in the order in which they
 * came. Throws `UserError` or `CancelledError`; the folder can be resumed after either.
 */
export function generate(options: GenerateOptions, hooks: GenerateHooks = {}): Promise<GenerateResult> {
  const { project, provider } = options;
  return withRun(options, async (run) => {
    const { state } = run.folder;
    const sending = sendingOptions(provider, project.generation, options.sending);
    const sender = createSender(provider, sending, requestRandom(run.plan.seed, state.nextIndex));
    await runRequests({ ...run, sender, concurrency: sending.concurrency }, hooks);
    return { ...runResult(run), outInBatches: state.out.length };
  });
}
