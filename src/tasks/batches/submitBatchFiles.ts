import { counted } from '../../foundation/numbers.ts';
import { expectedOutputTokens } from '../../generation/prompt/composeRequest.ts';
import { estimatedCost } from '../../llm/cost/estimate.ts';
import { batchPrice, priceOf } from '../../llm/cost/prices.ts';
import { expectedTokens } from '../../llm/cost/tokens.ts';
import type { Project } from '../../project/project.ts';
import { checkBatchLimit, costUpTo } from '../../runs/batches/batchLimit.ts';
import { type Batch, readBatches } from '../../runs/batches/batchList.ts';
import {
  checkBatchFile,
  submitBatches,
  type SubmitHooks,
  toSubmit,
} from '../../runs/batches/submitBatches.ts';
import { promptContents } from '../generate.ts';
import { Disclosure, type SendingTask } from '../sending/consent.ts';
import { IdentifierScan } from '../sending/identifierScan.ts';
import { type BatchRequest, batchRequests } from './batchRequests.ts';
import { type BatchInput, openBatchRun } from './batchRun.ts';

interface SubmitInput extends Omit<BatchInput, 'project'> {
  readonly project: Project;
  /** In USD; it takes precedence over the project's limit. */
  readonly maxCostUsd?: number | undefined;
  /** Submits a batch even if an earlier attempt may have submitted it. */
  readonly isSureItIsNot?: boolean;
}

/**
 * Prepares to submit the remaining batch files of a run: reads them and scans their prompts for identifiers. Sends nothing.
 * Throws `UserError`, also if there are no such files or if they could exceed the cost limit.
 */
export async function prepareSubmit(
  input: SubmitInput,
): Promise<SendingTask<'submit batches', readonly Batch[], SubmitHooks>> {
  const { folder, project } = input;
  const batches = toSubmit(await readBatches(folder), folder);
  const { model, connect } = await openBatchRun(input);
  const { prices } = project.generation;
  const maxCostUsd = input.maxCostUsd ?? project.generation.maxCostUsd;
  const upToUsd = costUpTo(batches);
  await checkBatchLimit(folder, maxCostUsd, upToUsd);
  for (const batch of batches) await checkBatchFile(folder, batch);
  const contents = countContents(project);
  const identifiers = await IdentifierScan.ofPrompts(contents.count(batchRequests(folder, batches)));
  const { requests, texts, tokens, largestUsd } = contents.sums;
  const known = priceOf(model.model, prices);
  const cost = known === undefined ? undefined : { ...known, price: batchPrice(known.price) };
  const disclosure = new Disclosure({
    task: 'submit batches',
    model,
    wanted: `${counted(texts, 'text')} in ${counted(batches.length, 'batch', 'batches')}`,
    sends: 'prompts',
    sent: `${promptContents} Also sent: the name of the run.`,
    estimate: {
      requests,
      texts,
      tokens,
      ...estimatedCost(cost, tokens, largestUsd),
      ...(upToUsd === undefined ? {} : { upToUsd }),
    },
    mayGrow: '',
    maxCostUsd,
    prices,
    identifiers,
    notes:
      known === undefined || known.price.batch !== undefined
        ? []
        : ['The cost does not include a batch discount, because chartmark.json does not set one.'],
  });
  return {
    disclosure,
    start: async (consent, hooks) => {
      consent.require(disclosure);
      await checkBatchLimit(folder, consent.maxCostUsd, upToUsd);
      const { isSureItIsNot = false } = input;
      await submitBatches({ ...(await connect()), isSureItIsNot }, hooks);
      return readBatches(folder);
    },
  };
}

/** Adds up requests while they are read. */
function countContents({ generation }: Project) {
  const tokens = { input: 0, output: 0 };
  const sums = { requests: 0, texts: 0, tokens, largestUsd: 0 };
  return {
    sums,
    async *count(requests: AsyncIterable<BatchRequest>): AsyncGenerator<BatchRequest> {
      for await (const request of requests) {
        const { texts, messages, upToUsd = 0 } = request;
        sums.requests++;
        sums.texts += texts;
        sums.largestUsd = Math.max(sums.largestUsd, upToUsd);
        for (const message of messages) tokens.input += expectedTokens(message);
        tokens.output += expectedOutputTokens(texts, generation.unit);
        yield request;
      }
    },
  };
}
