import { Option, type Command } from 'commander';
import type { ReplyForm } from '../llm/provider.ts';
import { describeBalance } from '../generation/balance/describeBalance.ts';
import { writeRunReport } from '../generation/balance/balanceReport.ts';
import { planRun } from '../generation/plan/planRun.ts';
import { describeSpent } from '../generation/run/describeProgress.ts';
import { estimateRun } from '../generation/run/estimateRun.ts';
import { withTopicsFrom } from '../generation/topics/chosenTopics.ts';
import { describeEstimate } from '../llm/cost/describeEstimate.ts';
import { requirePrice } from '../llm/cost/requirePrice.ts';
import { describeDestination } from '../llm/destination.ts';
import { loadProject } from '../project/parseProject.ts';
import { readRunDescription } from '../runs/serviceRun.ts';
import { describeRunResult } from './describeRunResult.ts';
import type { GenerateFlags } from './generateFlags.ts';
import { chooseModel } from './modelChoice.ts';
import { scanPrompt } from './promptScan.ts';
import { relationsWanted } from './relations.ts';
import { formRefused } from '../llm/batch/resultLine.ts';
import { takeIn, type TakenIn } from '../generation/batches/takeInResults.ts';
import { writeBatches } from '../generation/batches/writeBatches.ts';
import { dollars } from '../llm/cost/dollars.ts';
import { runResult, withRun, type RunOptions, type RunResult } from '../generation/run/openRun.ts';
import { shownPath, type CliContext } from './context.ts';
import { UsageError } from './exit.ts';
import { defined, wholeNumber } from './options.ts';
import { progressBar } from './progressBar.ts';

/** Adds the options of runs whose requests are written as batches. */
export function addBatchOptions(command: Command): Command {
  return command
    .option('--batch-out <file>', "write the run's requests as OpenAI Batch files instead of sending them")
    .option(
      '--batch-in [files...]',
      'take in output and error files of batches; those fetched when none is named',
    )
    .option('--batch-requests <n>', 'requests in one batch file at most (default: 50000)', wholeNumber(1))
    .addOption(
      new Option('--reply-form <form>', 'how the requests of batches ask for replies').choices([
        'schema',
        'json',
        'text',
      ]),
    )
    .option('--ask-missing', 'ask again for what batches brought no reply to');
}

/** Whether requests and replies travel in files. Throws `UsageError` where they cannot. */
export function isByBatches(flags: GenerateFlags, provider: string): boolean {
  const isWanted = flags.batchIn !== undefined || flags.batchOut !== undefined;
  if (isWanted && provider !== 'openai') {
    throw new UsageError('Batches are for a service: add --provider openai.');
  }
  return isWanted;
}

/** Takes results in, then writes what the run still needs: one of them, or both. */
export async function generateByBatches(context: CliContext, flags: GenerateFlags): Promise<void> {
  const relations = relationsWanted(flags);
  const project = await loadProject(flags.project);
  const { connect } = await chooseModel({ ...flags, dryRun: true }, project);
  const provider = await connect();
  // Texts that were asked for in batches must not be too many because a later command leaves out how many.
  const begun = flags.batchIn === undefined ? undefined : await readRunDescription(flags.out);
  const count = flags.count ?? begun?.count ?? project.generation.count;
  const wish = { task: flags.task, project, count, seed: flags.seed, ...relations };
  const plan = await withTopicsFrom(wish, flags.names ?? flags.topics, context.resources);
  const maxCostUsd = flags.maxCost ?? project.generation.maxCostUsd;
  requirePrice(provider, project.generation.prices, maxCostUsd);
  const inBatches = flags.batchOut !== undefined;
  const isResumed = flags.resume === true || flags.batchIn !== undefined;
  const estimate = await estimateRun({
    ...plan,
    provider,
    inBatches,
    ...(isResumed ? { resume: flags.out } : {}),
  });
  context.note(`${count} texts from ${provider.name} (${provider.model}), ${describeDestination(provider)}`);
  // What is only taken in asks for nothing.
  if (inBatches || flags.dryRun === true) {
    const mayGrow = inBatches ? '; what is refused is asked for by the next batches' : undefined;
    for (const line of describeEstimate(estimate, provider, mayGrow)) context.note(line);
  }
  if (maxCostUsd !== undefined) context.note(`Limit: ${dollars(maxCostUsd)}`);
  scanPrompt(context, provider, { ...flags, project });
  if (flags.dryRun === true) {
    if (flags.json === true) context.print(JSON.stringify({ dryRun: true, ...estimate }));
    return;
  }
  const run: RunOptions = {
    ...plan,
    provider,
    out: flags.out,
    resume: flags.resume ?? false,
    askMissing: flags.askMissing ?? false,
    ...(maxCostUsd === undefined ? {} : { maxCostUsd }),
  };
  const { result, more } = await writeAndTakeIn(context, flags, run);
  // Where nothing has come there is nothing to be told of.
  const balance = flags.batchIn === undefined ? undefined : await writeRunReport(flags.out, planRun(plan));
  if (flags.json === true) {
    context.print(JSON.stringify({ ...result, ...more, ...(balance === undefined ? {} : { balance }) }));
    return;
  }
  for (const line of describeRunResult(result)) context.print(line);
  if (balance !== undefined) for (const line of describeBalance(balance)) context.print(line);
  if (result.costUsd !== undefined) context.print(describeSpent(result.costUsd, result.unansweredUsd));
}

async function writeAndTakeIn(
  context: CliContext,
  flags: GenerateFlags,
  options: RunOptions,
): Promise<{ readonly result: RunResult; readonly more: object }> {
  let result: RunResult | undefined;
  let more: object = {};
  if (flags.batchIn !== undefined) {
    const files = flags.batchIn === true ? [] : flags.batchIn;
    // What is missing is known only once all is taken in.
    const taken = await withRun({ ...options, resume: true, askMissing: false }, async (run) => {
      const bar = progressBar(process.stderr, 'Taking in');
      try {
        const takenIn = await takeIn(run, files, {
          signal: context.signal,
          onProgress: (lines) =>
            bar.update(
              run.tally.accepted / run.plan.count,
              `${lines} lines, ${run.tally.accepted} texts accepted`,
            ),
        });
        return { takenIn, result: runResult(run) };
      } finally {
        bar.finish();
      }
    });
    ({ result } = taken);
    more = { takenIn: taken.takenIn };
    for (const line of describeTakenIn(taken.takenIn)) context.note(line);
  }
  if (flags.batchOut !== undefined) {
    const { batchOut: file, batchRequests, replyForm } = flags;
    const resume = options.resume === true || flags.batchIn !== undefined;
    const { written, ...after } = await withRun({ ...options, resume }, async (run) => ({
      written: await writeBatches(
        run,
        {
          file,
          ...defined<{ form: ReplyForm }>({ form: replyForm }),
          limits: defined<{ requests: number }>({ requests: batchRequests }),
        },
        context.signal,
      ),
      result: runResult(run),
    }));
    ({ result } = after);
    more = { ...more, written };
    for (const batch of written.batches) {
      context.note(
        `Batch ${batch.number}: ${batch.requests} requests, ${(batch.bytes / 1e6).toFixed(1)} MB, in ${batch.file} (as seen from ${shownPath(options.out)})`,
      );
    }
    context.note(
      written.requests === 0
        ? 'Nothing is left to be asked.'
        : `${written.requests} requests for ${written.texts} texts` +
            (written.upToUsd === undefined ? '' : `, ${dollars(written.upToUsd)} at the most`) +
            `. Nothing was sent: ${submitCommand(flags, options.out)} does.`,
    );
    if (written.isLimited)
      context.note('More are wanted, but could pass the limit of what the run may cost.');
  }
  if (flags.batchOut === undefined && options.askMissing === true) {
    result = await withRun({ ...options, resume: true }, (run) => Promise.resolve(runResult(run)));
  }
  if (result === undefined) throw new UsageError('Say --batch-in or --batch-out.');
  return { result, more };
}

/** What sends the batches, with the options without which it would look for the service elsewhere. */
function submitCommand({ baseUrl, project }: GenerateFlags, out: string): string {
  const words = [
    'chartmark batch submit',
    quoted(shownPath(out)),
    ...(baseUrl === undefined ? [] : ['--base-url', quoted(baseUrl)]),
    ...(project === '.' ? [] : ['--project', quoted(project)]),
  ];
  return `\`${words.join(' ')}\``;
}

/** A word of a command: with quotes where a shell would make something else of it. */
function quoted(word: string): string {
  return /^[\w./:@%+=,\\-]+$/.test(word) ? word : `"${word}"`;
}

function describeTakenIn(taken: TakenIn): readonly string[] {
  const { replies, failed, failedByReason, duplicates, unknown, unreadable, missing } = taken;
  const parts = [
    `${replies} replies`,
    ...(failed === 0 ? [] : [`${failed} failed`]),
    ...(missing === 0 ? [] : [`${missing} without an answer`]),
    ...(duplicates === 0 ? [] : [`${duplicates} known before`]),
    ...(unknown === 0 ? [] : [`${unknown} of other runs`]),
    ...(unreadable === 0 ? [] : [`${unreadable} lines that are no result`]),
  ];
  return [
    `Taken in: ${parts.join(', ')}`,
    ...Object.entries(failedByReason).map(([reason, times]) => `  ${reason}: ${times}`),
    ...(failedByReason[formRefused] === undefined
      ? []
      : ['The model does not know this form of reply: write the requests again with --reply-form json.']),
  ];
}
