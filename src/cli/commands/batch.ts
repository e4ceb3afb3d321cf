import type { Command } from 'commander';
import { counted } from '../../foundation/numbers.ts';
import { visibleJson } from '../../foundation/visibleText.ts';
import { isFinal } from '../../llm/batch/serviceBatch.ts';
import type { ModelInfo } from '../../llm/provider.ts';
import { loadProject } from '../../project/parseProject.ts';
import type { Project } from '../../project/project.ts';
import type { Batch } from '../../runs/batches/batchList.ts';
import { describeBatch } from '../../runs/batches/describeBatch.ts';
import { prepareContact } from '../../tasks/batches/contactService.ts';
import { prepareSubmit } from '../../tasks/batches/submitBatchFiles.ts';
import { addConsentOptions, askConsent, type ConsentFlags, showDisclosure } from '../askConsent.ts';
import { type CliContext, shownPath } from '../context.ts';
import { chooseEndpoint, keyVariable } from '../modelChoice.ts';
import { positiveNumber, wholeNumber } from '../options.ts';

interface Flags extends ConsentFlags {
  readonly project: string;
  readonly retries?: number;
  readonly json?: boolean;
}

interface SubmitFlags extends Flags {
  readonly maxCost?: number;
  readonly dryRun?: boolean;
  readonly again?: boolean;
}

interface FetchFlags extends Flags {
  readonly wait?: boolean;
  readonly every: number;
}

/** `chartmark batch submit|status|fetch|cancel RUN`. */
export function registerBatch(program: Command, context: CliContext): void {
  const batch = program
    .command('batch')
    .description("Send a run's batch files to a service with a Batch API, and fetch their results.");
  const add = (name: string, description: string): Command =>
    addConsentOptions(batch.command(`${name} <run>`).description(description))
      .option('--base-url <url>', `endpoint of the service (its key: ${keyVariable})`)
      .option('--project <folder>', 'folder of chartmark.json', '.')
      .option('--retries <n>', 'retries if a request fails', wholeNumber(0))
      .option('--json', 'one machine-readable object on standard output')
      .exitOverride();

  add('submit', 'Upload and submit the batch files that have not been submitted. This costs money.')
    .option('--max-cost <usd>', 'refuse if the run could cost more than this', positiveNumber)
    .option('--dry-run', 'show what would be sent where and what it could cost, and stop')
    .option('--again', 'submit a batch even if an earlier attempt may have submitted it')
    .action((run: string, flags: SubmitFlags) => submit(context, run, flags));
  add('status', 'Show the state of the batches.').action(async (run: string, flags: Flags) => {
    await contact(context, run, flags, { action: 'status' });
  });
  add('fetch', 'Fetch the results of finished batches into the folder of the run.')
    .option('--wait', 'wait until all are done')
    .option('--every <seconds>', 'how often to check while waiting', positiveNumber, 60)
    .action(async (run: string, flags: FetchFlags) => {
      const every = flags.wait === true ? flags.every * 1000 : undefined;
      const batches = await contact(context, run, flags, { action: 'fetch', every });
      const hasResults = batches.some(({ fetched, isClosed }) => fetched !== undefined && isClosed !== true);
      if (hasResults) context.note('Take in the results with "chartmark generate ... --batch-in".');
    });
  add(
    'cancel',
    'Make the service stop working on the batches. Results that are finished by then can be fetched.',
  ).action(async (run: string, flags: Flags) => {
    await contact(context, run, flags, { action: 'cancel' });
  });
}

async function submit(context: CliContext, folder: string, flags: SubmitFlags): Promise<void> {
  const project = await loadProject(flags.project);
  const { disclosure, start } = await prepareSubmit({
    folder,
    project,
    endpoint: (model) => chooseEndpoint({ ...flags, model }, project),
    retries: flags.retries,
    maxCostUsd: flags.maxCost,
    isSureItIsNot: flags.again ?? false,
  });
  showDisclosure(context, disclosure);
  if (flags.dryRun === true) return;
  await requireKey(flags, disclosure.model, project);
  const consent = await askConsent(context, disclosure, flags, project);
  const batches = await start(consent, {
    signal: context.signal,
    onSubmitted: ({ number, service }, isFoundAgain) =>
      context.note(
        isFoundAgain
          ? `Batch ${number}: was already submitted as ${service?.id ?? ''}`
          : `Batch ${number}: submitted as ${service?.id ?? ''}`,
      ),
  });
  showBatches(context, flags, folder, batches);
}

async function contact(
  context: CliContext,
  folder: string,
  flags: Flags,
  { action, every }: { readonly action: 'status' | 'fetch' | 'cancel'; readonly every?: number | undefined },
): Promise<readonly Batch[]> {
  const project = await loadProject(flags.project);
  const { disclosure, start } = await prepareContact({
    action,
    every,
    folder,
    project,
    endpoint: (model) => chooseEndpoint({ ...flags, model }, project),
    retries: flags.retries,
  });
  await requireKey(flags, disclosure.model, project);
  const consent = await askConsent(context, disclosure, flags, project);
  const batches = await start(consent, {
    signal: context.signal,
    ...(every === undefined ? {} : { onLook: (looked) => context.note(summary(looked)) }),
  });
  showBatches(context, flags, folder, batches);
  return batches;
}

/** A missing key is reported before anything is asked. Throws `UserError`. */
async function requireKey(flags: Flags, { model }: ModelInfo, project: Project): Promise<void> {
  await chooseEndpoint({ ...flags, model }, project).connect();
}

function showBatches(context: CliContext, { json }: Flags, folder: string, batches: readonly Batch[]): void {
  if (json === true) {
    context.print(visibleJson({ folder, batches }));
    return;
  }
  if (batches.length === 0) context.print(`${shownPath(folder)}: no batch`);
  for (const batch of batches) context.print(describeBatch(batch));
}

function summary(batches: readonly Batch[]): string {
  const services = batches.flatMap(({ service }) => service ?? []);
  const done = services.filter(isFinal).length;
  const replies = services.reduce((sum, { completed, failed }) => sum + completed + failed, 0);
  return `${done} of ${counted(services.length, 'batch', 'batches')} done, ${counted(replies, 'request')} answered`;
}
