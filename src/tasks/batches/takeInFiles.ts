import type { Balance } from '../../generation/balance/balance.ts';
import { writeRunReport } from '../../generation/balance/balanceReport.ts';
import { takeIn } from '../../generation/batches/takeInResults.ts';
import type { TakenIn } from '../../generation/batches/takeLine.ts';
import { planRun } from '../../generation/plan/planRun.ts';
import { type RunResult, runResult, withRun } from '../../generation/run/openRun.ts';
import type { ModelInfo } from '../../llm/provider.ts';
import { planOptionsFor, type RunInput } from '../generate.ts';

interface TakeInInput extends Omit<RunInput, 'resume'> {
  /** The model that the requests were for. */
  readonly model: ModelInfo;
  /** Output and error files of batches; if empty, the fetched files. */
  readonly files: readonly string[];
}

interface TakeInHooks {
  readonly signal?: AbortSignal;
  /** Called with the number of lines read and of texts accepted so far. */
  readonly onProgress?: (progress: { readonly lines: number; readonly accepted: number }) => void;
}

interface TakenInRun {
  readonly takenIn: TakenIn;
  readonly result: RunResult;
  readonly balance: Balance;
}

/**
 * Reads results of batches into their run. Sends nothing. With `askMissing`, then stops waiting for requests without a reply.
 * Throws `UserError` or `CancelledError`.
 */
export async function takeInBatches(
  { files, askMissing = false, ...input }: TakeInInput,
  { signal, onProgress }: TakeInHooks,
): Promise<TakenInRun> {
  const { out, maxCostUsd, model } = input;
  const options = await planOptionsFor(input);
  const limit = maxCostUsd === undefined ? {} : { maxCostUsd };
  const run = { ...options, provider: model, out, resume: true, ...limit };
  const taken = await withRun(run, async (opened) => {
    const takenIn = await takeIn(opened, files, {
      ...(signal === undefined ? {} : { signal }),
      onProgress: (lines) => onProgress?.({ lines, accepted: opened.tally.accepted }),
    });
    return { takenIn, result: runResult(opened) };
  });
  // What is missing is known only once everything is taken in.
  const result = askMissing
    ? await withRun({ ...run, askMissing }, (opened) => Promise.resolve(runResult(opened)))
    : taken.result;
  return { ...taken, result, balance: await writeRunReport(out, planRun(options)) };
}
