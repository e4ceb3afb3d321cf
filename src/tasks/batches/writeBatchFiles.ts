import path from 'node:path';
import { type WrittenBatches, writeBatches } from '../../generation/batches/writeBatches.ts';
import { planRun } from '../../generation/plan/planRun.ts';
import { estimateRun } from '../../generation/run/estimateRun.ts';
import { type RunResult, runResult, withRun } from '../../generation/run/openRun.ts';
import type { ModelInfo, ReplyForm } from '../../llm/provider.ts';
import { describeWish, planOptionsFor, promptContents, type RunInput } from '../generate.ts';
import { Disclosure, type SendingTask } from '../sending/consent.ts';
import { IdentifierScan } from '../sending/identifierScan.ts';

interface WriteInput extends RunInput {
  /** The model that the requests are for. It is not queried. */
  readonly model: ModelInfo;
  /** The first batch file; `requests.jsonl` in the run's folder if undefined. */
  readonly file?: string | undefined;
  /** How replies are asked for. */
  readonly form?: ReplyForm | undefined;
  /** The most requests in one file. */
  readonly requestsPerFile?: number | undefined;
}

interface Written {
  readonly result: RunResult;
  readonly written: WrittenBatches;
}

/**
 * Prepares batch files with the requests that a run, new or resumed, still needs. Nothing is written before `start`, and
 * nothing is sent. Throws `UserError`.
 */
export async function prepareBatchFiles(
  input: WriteInput,
): Promise<SendingTask<'write batches', Written, { readonly signal?: AbortSignal }>> {
  const { project, model, out, resume, askMissing = false, form, requestsPerFile } = input;
  const { file = path.join(out, 'requests.jsonl') } = input;
  const options = await planOptionsFor(input);
  const run = { ...options, provider: model };
  const disclosure = new Disclosure({
    task: 'write batches',
    model,
    wanted: describeWish(planRun(options)),
    sends: 'nothing',
    sent: `Written to files that can be sent later. ${promptContents}`,
    estimate: await estimateRun({ ...run, inBatches: true, ...(resume ? { resume: out } : {}) }),
    mayGrow: '; the next batches replace rejected texts',
    maxCostUsd: input.maxCostUsd ?? project.generation.maxCostUsd,
    prices: project.generation.prices,
    identifiers: IdentifierScan.ofPrompt(project, { template: input.task }),
  });
  return {
    disclosure,
    start: (consent, { signal }) => {
      consent.require(disclosure);
      const { maxCostUsd } = consent;
      const limit = maxCostUsd === undefined ? {} : { maxCostUsd };
      return withRun({ ...run, out, resume, askMissing, ...limit }, async (opened) => {
        const limits = requestsPerFile === undefined ? {} : { requests: requestsPerFile };
        const written = await writeBatches(
          opened,
          { file, ...(form === undefined ? {} : { form }), limits },
          signal,
        );
        return { written, result: runResult(opened) };
      });
    },
  };
}
