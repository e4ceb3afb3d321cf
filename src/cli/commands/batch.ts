import { batchService, type BatchService, isFinal } from '../../llm/batch/batchService.ts';
import type { Command } from 'commander';
import { UserError } from '../../foundation/userError.ts';
import { loadProject } from '../../project/parseProject.ts';
import { readBatches, type Batch } from '../../runs/batches/batchList.ts';
import { cancelBatches, fetchBatches, lookAtBatches } from '../../runs/batches/followBatches.ts';
import { describeBatch } from '../../runs/batches/describeBatch.ts';
import { costUpTo, keepBatchLimit } from '../../runs/batches/batchLimit.ts';
import { readRunDescription } from '../../runs/serviceRun.ts';
import { submitBatches, toSubmit } from '../../runs/batches/submitBatches.ts';
import { dollars } from '../../llm/cost/dollars.ts';
import { describeDestination } from '../../llm/destination.ts';
import type { Provider } from '../../llm/provider.ts';
import { sendingOptions } from '../../llm/sending/sendingOptions.ts';
import { addHostConsent, agreeToHost } from '../consent.ts';
import { shownPath, type CliContext } from '../context.ts';
import { positiveNumber, wholeNumber } from '../options.ts';
import { createProvider, keyVariable } from '../provider.ts';

interface Options {
  readonly baseUrl?: string;
  readonly yes?: boolean;
  readonly project: string;
  readonly retries?: number;
  readonly json?: boolean;
}

interface SubmitFlags extends Options {
  readonly maxCost?: number;
  readonly dryRun?: boolean;
  readonly again?: boolean;
}

interface FetchFlags extends Options {
  readonly wait?: boolean;
  readonly every: number;
}

/** `chartmark batch submit|status|fetch|cancel RUN`. */
export function registerBatch(program: Command, context: CliContext): void {
  const batch = program
    .command('batch')
    .description("Send a run's batch files to a service with a Batch API, and fetch their results.");
  const add = (name: string, description: string): Command =>
    addHostConsent(batch.command(`${name} <run>`).description(description))
      .option('--base-url <url>', `endpoint of the service (its key: ${keyVariable})`)
      .option('--project <folder>', 'folder of chartmark.json', '.')
      .option('--retries <n>', 'tries after the first one when a request fails', wholeNumber(0))
      .option('--json', 'one machine-readable object on standard output')
      .exitOverride();

  add('submit', 'Upload and submit the batch files that are not submitted yet. This costs money.')
    .option('--max-cost <usd>', 'refuse when the run could cost more than this', positiveNumber)
    .option('--dry-run', 'say what would be sent where and what it could cost, and stop')
    .option('--again', 'make a batch though an earlier try may have made it')
    .action((run: string, options: SubmitFlags) => submit(context, run, options));
  add('status', 'Say how the batches do.').action(async (run: string, options: Options) => {
    const work = await openWork(context, run, options);
    await work.agree();
    tell(context, options, run, await lookAtBatches(work, context.signal));
  });
  add('fetch', 'Fetch the results of batches that are done into the folder of the run.')
    .option('--wait', 'wait until all are done')
    .option('--every <seconds>', 'between two looks while waiting', positiveNumber, 60)
    .action(async (run: string, options: FetchFlags) => {
      const work = await openWork(context, run, options);
      await work.agree();
      const batches = await fetchBatches(
        { ...work, ...(options.wait === true ? { every: options.every * 1000 } : {}) },
        {
          signal: context.signal,
          ...(options.wait === true ? { onLook: (looked) => context.note(summary(looked)) } : {}),
        },
      );
      tell(context, options, run, batches);
      const isThere = batches.some(({ fetched, isClosed }) => fetched !== undefined && isClosed !== true);
      if (isThere) context.note('Take the results in with "chartmark generate ... --batch-in".');
    });
  add(
    'cancel',
    'Ask the service to stop working on the batches. What is done by then can be fetched.',
  ).action(async (run: string, options: Options) => {
    const work = await openWork(context, run, options);
    await work.agree();
    tell(context, options, run, await cancelBatches(work, context.signal));
  });
}

interface Work {
  readonly folder: string;
  /** The run's name. */
  readonly run: string;
  readonly model: string;
  readonly provider: Provider;
  readonly service: BatchService;
  /** Makes sure that the host is meant that requests and key go to. */
  readonly agree: () => Promise<void>;
  readonly retries: number;
  readonly backoff: { readonly base: number; readonly most: number };
  readonly maxCostUsd: number | undefined;
}

/** The service that a run was begun with. Throws `UserError` when another one is named. */
async function openWork(
  context: CliContext,
  folder: string,
  options: Options & Pick<SubmitFlags, 'dryRun'>,
): Promise<Work> {
  const { run, model, host } = await readRunDescription(folder);
  const project = await loadProject(options.project);
  const asked = {
    model,
    ...(options.baseUrl === undefined ? {} : { baseUrl: options.baseUrl }),
  } as const;
  // A wrong address is told before a missing key, which may be none of that address.
  const { destination } = createProvider({ ...asked, isUnasked: true }, project);
  if (destination.host !== host) {
    throw new UserError(`The run was begun for ${host}, not for ${destination.host}.`, {
      nextStep: 'Name the address that it was begun with (--base-url).',
    });
  }
  const { dryRun = false } = options;
  const provider = createProvider({ ...asked, dryRun }, project);
  const { timeout, retries, backoff } = sendingOptions(provider, project.generation);
  const baseUrl = options.baseUrl ?? project.generation.baseUrl;
  const service = batchService({
    apiKey: process.env[keyVariable] ?? 'none',
    ...(baseUrl === undefined ? {} : { baseUrl }),
    model,
    timeout,
  });
  const { maxCostUsd } = project.generation;
  const agree = (): Promise<void> => agreeToHost(context, provider, options, project, 'requests');
  const tries = options.retries ?? retries;
  return { folder, run, model, provider, service, agree, retries: tries, backoff, maxCostUsd };
}

async function submit(context: CliContext, folder: string, options: SubmitFlags): Promise<void> {
  const work = await openWork(context, folder, options);
  const waiting = toSubmit(await readBatches(folder), folder);
  const requests = waiting.reduce((sum, batch) => sum + batch.requests, 0);
  context.note(
    `${requests} requests in ${waiting.length} batches to ${work.model}, ${describeDestination(work.provider)}`,
  );
  const upToUsd = costUpTo(waiting);
  context.note(
    upToUsd === undefined
      ? `The price of "${work.model}" is not known.`
      : `They cost ${dollars(upToUsd)} at the most. A discount for batches counts only if chartmark.json names it.`,
  );
  await keepBatchLimit(folder, options.maxCost ?? work.maxCostUsd, upToUsd);
  if (options.dryRun === true) return;
  await work.agree();
  await submitBatches(
    { ...work, isSureItIsNot: options.again ?? false },
    {
      signal: context.signal,
      onSubmitted: ({ number, service }, isFoundAgain) =>
        context.note(
          isFoundAgain
            ? `Batch ${number}: was at the service already, as ${service?.id ?? ''}`
            : `Batch ${number}: submitted as ${service?.id ?? ''}`,
        ),
    },
  );
  tell(context, options, folder, await readBatches(folder));
}

function tell(context: CliContext, { json }: Options, folder: string, batches: readonly Batch[]): void {
  if (json === true) {
    context.print(JSON.stringify({ folder, batches }));
    return;
  }
  if (batches.length === 0) context.print(`${shownPath(folder)}: no batch`);
  for (const batch of batches) context.print(describeBatch(batch));
}

function summary(batches: readonly Batch[]): string {
  const services = batches.flatMap(({ service }) => service ?? []);
  const done = services.filter(isFinal).length;
  const replies = services.reduce((sum, { completed, failed }) => sum + completed + failed, 0);
  return `${done} of ${services.length} batches are done, ${replies} requests answered`;
}
