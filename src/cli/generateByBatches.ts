import { type Command, Option } from 'commander';
import { counted } from '../foundation/numbers.ts';
import { visibleJson } from '../foundation/visibleText.ts';
import { describeBalance } from '../generation/balance/describeBalance.ts';
import type { TakenIn } from '../generation/batches/takeLine.ts';
import type { WrittenBatches } from '../generation/batches/writeBatches.ts';
import { describeSpent } from '../generation/run/describeProgress.ts';
import { formRefused } from '../llm/batch/resultLine.ts';
import { dollars } from '../llm/cost/dollars.ts';
import { loadProject } from '../project/parseProject.ts';
import { readGenerationRun } from '../runs/runDescription.ts';
import { takeInBatches } from '../tasks/batches/takeInFiles.ts';
import { prepareBatchFiles } from '../tasks/batches/writeBatchFiles.ts';
import { askConsent, showDisclosure } from './askConsent.ts';
import { type CliContext, shownPath } from './context.ts';
import { describeRunResult } from './describeRunResult.ts';
import { UsageError } from './exit.ts';
import type { GenerateFlags } from './generateFlags.ts';
import { chooseEndpoint } from './modelChoice.ts';
import { wholeNumber } from './options.ts';
import { nextSteps } from './nextSteps.ts';
import { progressBar } from './progressBar.ts';
import { relationsWanted } from './relations.ts';

/** Adds the options of runs whose requests are written as batches. */
export function addBatchOptions(command: Command): Command {
  return command
    .option('--batch-out <file>', "write the run's requests as OpenAI Batch files instead of sending them")
    .option(
      '--batch-in [files...]',
      'take in the given output and error files of batches, or those that were fetched',
    )
    .option(
      '--batch-requests <n>',
      'maximum number of requests in a batch file (default: 50000)',
      wholeNumber(1),
    )
    .addOption(
      new Option('--reply-form <form>', 'how batch requests ask for the format of replies').choices([
        'schema',
        'json',
        'text',
      ]),
    )
    .option('--ask-missing', 'request again what the batches did not answer');
}

/** Whether requests and replies are in files. Throws `UsageError` if they cannot be. */
export function isByBatches(flags: GenerateFlags, provider: string): boolean {
  const isWanted = flags.batchIn !== undefined || flags.batchOut !== undefined;
  if (isWanted && provider !== 'openai') {
    throw new UsageError('Batches need a service: add --provider openai.');
  }
  return isWanted;
}

/** Takes results in, then writes what the run still needs: one of them, or both. */
export async function generateByBatches(context: CliContext, flags: GenerateFlags): Promise<void> {
  const project = await loadProject(flags.project);
  const { info: model } = chooseEndpoint(flags, project);
  const isTaking = flags.batchIn !== undefined;
  // A later command that leaves out the count must not ask for more texts than the run was begun for.
  const begun = isTaking ? await readGenerationRun(flags.out) : undefined;
  const input = {
    task: flags.task,
    ...relationsWanted(flags),
    count: flags.count ?? begun?.count ?? project.generation.count,
    seed: flags.seed,
    topicSource: flags.names ?? flags.topics,
    project,
    resources: context.resources,
    model,
    out: flags.out,
    maxCostUsd: flags.maxCost,
  };
  const { askMissing = false } = flags;
  const isWriting = flags.batchOut !== undefined || flags.dryRun === true;
  const taken =
    isTaking && flags.dryRun !== true
      ? await takeIn(context, flags, { ...input, askMissing: askMissing && !isWriting })
      : undefined;
  const wrote = isWriting
    ? await write(context, flags, { ...input, askMissing, resume: isTaking || flags.resume === true })
    : undefined;
  if (flags.dryRun === true) return;
  const result = wrote?.result ?? taken?.result;
  if (result === undefined) return;
  if (flags.json === true) {
    const { takenIn, balance } = taken ?? {};
    context.print(visibleJson({ ...result, takenIn, written: wrote?.written, balance }));
    return;
  }
  for (const line of describeRunResult(result)) context.print(line);
  // If nothing was taken in, there is nothing to report.
  if (taken !== undefined) for (const line of describeBalance(taken.balance)) context.print(line);
  if (result.costUsd !== undefined) context.print(describeSpent(result.costUsd, result.unansweredUsd));
  if (taken !== undefined) for (const line of nextSteps(flags.out, taken.balance)) context.print(line);
}

async function takeIn(
  context: CliContext,
  { batchIn = true }: GenerateFlags,
  input: Omit<Parameters<typeof takeInBatches>[0], 'files'>,
): ReturnType<typeof takeInBatches> {
  const bar = progressBar(process.stderr, 'Taking in');
  try {
    const taken = await takeInBatches(
      { ...input, files: batchIn === true ? [] : batchIn },
      {
        signal: context.signal,
        onProgress: ({ lines, accepted }) =>
          bar.update(
            accepted / input.count,
            `${counted(lines, 'line')}, ${counted(accepted, 'text')} accepted`,
          ),
      },
    );
    for (const line of describeTakenIn(taken.takenIn)) context.note(line);
    return taken;
  } finally {
    bar.finish();
  }
}

async function write(
  context: CliContext,
  flags: GenerateFlags,
  input: Parameters<typeof prepareBatchFiles>[0],
) {
  const { disclosure, start } = await prepareBatchFiles({
    ...input,
    file: flags.batchOut,
    form: flags.replyForm,
    requestsPerFile: flags.batchRequests,
  });
  showDisclosure(context, disclosure);
  if (flags.dryRun === true) {
    if (flags.json === true) context.print(visibleJson({ dryRun: true, ...disclosure.estimate }));
    return undefined;
  }
  const consent = await askConsent(context, disclosure, flags, input.project);
  const { written, result } = await start(consent, { signal: context.signal });
  for (const line of describeWritten(written, flags)) context.note(line);
  return { written, result };
}

function describeWritten(
  { batches, requests, texts, upToUsd, isLimited }: WrittenBatches,
  flags: GenerateFlags,
): readonly string[] {
  const cost = upToUsd === undefined ? '' : `, at most ${dollars(upToUsd)}`;
  return [
    ...batches.map(
      (batch) =>
        `Batch ${batch.number}: ${counted(batch.requests, 'request')}, ${(batch.bytes / 1e6).toFixed(1)} MB, in ` +
        `${batch.file} (relative to ${shownPath(flags.out)})`,
    ),
    requests === 0
      ? 'No more requests are needed.'
      : `${counted(requests, 'request')} for ${counted(texts, 'text')}${cost}. Nothing was sent. ` +
        `To submit: ${submitCommand(flags)}`,
    ...(isLimited ? ['More are needed, but they could exceed the cost limit of the run.'] : []),
  ];
}

/** The command that submits the batches, with the options without which it would look for the service elsewhere. */
function submitCommand({ baseUrl, project, out }: GenerateFlags): string {
  const words = [
    'chartmark batch submit',
    quoted(shownPath(out)),
    ...(baseUrl === undefined ? [] : ['--base-url', quoted(baseUrl)]),
    ...(project === '.' ? [] : ['--project', quoted(project)]),
  ];
  return `\`${words.join(' ')}\``;
}

/** A word of a command, with quotes if a shell would read it otherwise. */
function quoted(word: string): string {
  return /^[\w./:@%+=,\\-]+$/.test(word) ? word : `"${word}"`;
}

function describeTakenIn(taken: TakenIn): readonly string[] {
  const { replies, failed, failedByReason, duplicates, unknown, unreadable, missing } = taken;
  const parts = [
    counted(replies, 'reply', 'replies'),
    ...(failed === 0 ? [] : [`${failed} failed`]),
    ...(missing === 0 ? [] : [`${missing} without an answer`]),
    ...(duplicates === 0 ? [] : [`${duplicates} already known`]),
    ...(unknown === 0 ? [] : [`${unknown} of other runs`]),
    ...(unreadable === 0 ? [] : [`${counted(unreadable, 'line')} that could not be read`]),
  ];
  return [
    `Taken in: ${parts.join(', ')}`,
    ...Object.entries(failedByReason).map(([reason, times]) => `  ${reason}: ${times}`),
    ...(failedByReason[formRefused] === undefined
      ? []
      : ['The model does not support this reply format. Write the requests again with --reply-form json.']),
  ];
}
