import { runFolders } from '../../runs/runFolders.ts';
import path from 'node:path';
import { type Command, Option } from 'commander';
import type { WrittenFormat } from '../../corpus/formatDocuments.ts';
import { expandPaths } from '../../corpus/paths.ts';
import { UserError } from '../../foundation/userError.ts';
import { loadProject } from '../../project/parseProject.ts';
import { describeEstimate } from '../../llm/cost/describeEstimate.ts';
import { dollars } from '../../llm/cost/dollars.ts';
import { requirePrice } from '../../llm/cost/requirePrice.ts';
import { describeSpent } from '../../generation/run/describeProgress.ts';
import { describeDestination } from '../../llm/destination.ts';
import { estimateExtract } from '../../questions/extract/extract.ts';
import { extract, type ExtractOptions } from '../../questions/extract/extract.ts';
import { labelsToExtract } from '../../questions/extract/extractLabels.ts';
import { withAskingBar } from '../askingBar.ts';
import { agreeToSend } from '../consent.ts';
import { type CliContext, shownPath } from '../context.ts';
import { inquireFiles } from '../extractFiles.ts';
import { describeIdentifiers, scanForIdentifiers } from '../identifierScan.ts';
import { commaList, positiveNumber, wholeNumber } from '../options.ts';
import {
  checkOutputs,
  outputsOf,
  predictionPaths,
  readPredictionInput,
  writePredictions,
} from '../predictionFiles.ts';
import { scanPrompt } from '../promptScan.ts';
import { createProvider, keyVariable } from '../provider.ts';
import { addSendingOptions, type SendingFlags, sendingOf } from '../sending.ts';

interface Options extends SendingFlags {
  readonly provider: 'openai';
  readonly baseUrl?: string;
  readonly model?: string;
  readonly task: 'ner' | 're';
  readonly types?: readonly string[];
  readonly out: string;
  readonly perRequest?: number;
  readonly format?: WrittenFormat;
  readonly resume?: boolean;
  readonly dryRun?: boolean;
  readonly maxCost?: number;
  readonly allowIdentifiers?: boolean;
  readonly yesSendTo?: string;
  readonly project: string;
  readonly json?: boolean;
}

/** Where the ledger lies, below the folder of the predictions; hidden, so that nobody takes it for predictions. */
const runFolder = '.extract';

/** `chartmark extract --provider openai IN... --out DIR`: a language model asked directly. */
export function registerExtract(program: Command, context: CliContext): void {
  const command = program
    .command('extract')
    .description(
      'Ask a language model for the mentions or relations in your texts. SENDS THE TEXTS to it, after you agree.',
    )
    .argument('<in...>', 'text, BIO, brat, JSONL or relation files, folders or globs')
    .addOption(
      new Option('--provider <provider>', 'an OpenAI-compatible endpoint')
        .choices(['openai'])
        .default('openai'),
    )
    .option('--base-url <url>', `endpoint (its key: ${keyVariable})`)
    .option('--model <name>', 'which language model')
    .addOption(
      new Option('--task <task>', 'mentions, or relations between the mentions that the files have')
        .choices(['ner', 're'])
        .default('ner'),
    )
    .option(
      '--types <types>',
      'entity types to find, separated by commas (default: all that are tagged)',
      commaList,
    )
    .option('--out <folder>', 'folder to write into', 'extracted')
    .addOption(
      new Option('--format <format>', 'what to write (default: as the input; brat for plain text)').choices([
        'bio',
        'brat',
        'jsonl',
      ]),
    )
    .option(
      '--per-request <n>',
      'sentences or pairs in one request at most (default: 10; small models need fewer)',
      wholeNumber(1),
    )
    .option('--resume', 'go on with what was stopped; no reply on disk is asked for again')
    .option('--dry-run', 'say what would be sent where and what it would cost, and stop')
    .option('--max-cost <usd>', 'stop before the run could cost more than this', positiveNumber)
    .option('--yes-send-to <host>', 'you agree to the texts being sent to this host')
    .option(
      '--allow-identifiers',
      'send texts though something in them looks like an identifier of a person',
    );
  addSendingOptions(command)
    .option('--project <folder>', 'folder of chartmark.json', '.')
    .option('--json', 'one machine-readable object on standard output')
    .action((inputs: readonly string[], options: Options) => run(context, inputs, options));
}

async function run(context: CliContext, paths: readonly string[], options: Options): Promise<void> {
  const { task, format, out, resume = false } = options;
  const project = await loadProject(options.project);
  const labels = labelsToExtract(project, options.types);
  const provider = createProvider(options, project);
  const { host, kind } = provider.destination;
  const wanted = { task, project, ...(format === undefined ? {} : { format }) };
  const inputs = [];
  for (const found of await predictionPaths(paths)) inputs.push(await readPredictionInput(found, wanted));
  const { questions, sources, answered } = inquireFiles(inputs, wanted);
  if (questions.length === 0) throw nothingToAsk(task);
  const outputs = inputs.map((input) => outputsOf(input, wanted));
  checkOutputs(outputs, out, await expandPaths(paths, runFolders));

  // A limit that cannot be kept is told before anything else is.
  const maxCostUsd = options.maxCost ?? project.generation.maxCostUsd;
  requirePrice(provider, project.generation.prices, maxCostUsd);
  const asked = {
    task,
    project,
    labels,
    provider,
    questions,
    sources,
    out: path.join(out, runFolder),
    resume,
    ...(options.perRequest === undefined ? {} : { perRequest: options.perRequest }),
  };
  const estimate = await estimateExtract(asked);
  const texts = inputs.reduce((sum, input) => sum + textsOf(input), 0);
  const units = task === 'ner' ? 'sentences' : 'pairs of mentions';
  context.note(
    `${texts} texts, ${questions.length} ${units}, to ${provider.model}, ${describeDestination(provider)}`,
  );
  for (const line of describeEstimate(estimate, provider, '')) context.note(line);
  if (maxCostUsd !== undefined) context.note(`Limit: ${dollars(maxCostUsd)}`);
  const { dryRun = false, allowIdentifiers = false } = options;
  scanPrompt(context, provider, { project: { ...project, styles: [] }, dryRun, allowIdentifiers });
  const identifiers = await scanForIdentifiers(inputs);
  for (const line of describeIdentifiers(identifiers, shownPath)) context.note(line);
  if (identifiers.length > 0) context.note(`${identifiers.length} possible identifiers of persons`);
  if (dryRun) {
    if (options.json === true) context.print(JSON.stringify({ dryRun: true, ...estimate, identifiers }));
    return;
  }
  if (kind === 'remote' && identifiers.length > 0 && !allowIdentifiers) {
    throw identifiersFound(identifiers.length, host);
  }
  await agreeToSend(context, provider, options.yesSendTo);

  const asking: ExtractOptions = {
    ...asked,
    sending: sendingOf(options),
    ...(maxCostUsd === undefined ? {} : { maxCostUsd }),
  };
  const extracted = await withAskingBar(context, 'Asking', (hooks) => extract(asking, hooks));
  const { files, ...counts } = answered(extracted.answers);
  const written = await writePredictions(files, out);
  const { unanswered, refusedByReason, tokens, costUsd, unansweredUsd } = extracted;
  if (options.json === true) {
    const usage = { tokens, costUsd, unansweredUsd };
    context.print(JSON.stringify({ files: written, ...counts, unanswered, refusedByReason, ...usage }));
    return;
  }
  for (const file of written) context.print(shownPath(file));
  context.note(`${counts.texts} texts, ${counts.mentions} mentions, ${counts.relations} relations`);
  if (unanswered > 0) {
    const reasons = Object.entries(refusedByReason).map(([reason, times]) => `${reason}: ${times}`);
    context.note(
      `${unanswered} of ${questions.length} ${units} have no usable answer and count as empty (${reasons.join(', ')}); ` +
        `see ${shownPath(path.join(out, runFolder, 'rejected.jsonl'))}`,
    );
  }
  if (costUsd !== undefined) context.note(describeSpent(costUsd, unansweredUsd));
}

function textsOf(input: Awaited<ReturnType<typeof readPredictionInput>>): number {
  return input.kind === 'rows' ? input.rows.length : input.documents.length;
}

function nothingToAsk(task: Options['task']): UserError {
  return task === 'ner'
    ? new UserError('The files hold no text to ask about.', { nextStep: 'Name text, BIO or JSONL files.' })
    : new UserError('The files hold no two mentions that a relation of the project could join.', {
        nextStep:
          'Extract or annotate the mentions first (--task ner, --types), and name the files that come out.',
      });
}

function identifiersFound(count: number, host: string): UserError {
  return new UserError(
    `Nothing was sent to ${host}: the texts hold what looks like ${count} identifiers of persons, at the places above.`,
    {
      nextStep:
        'Take them out, choose a service on this computer, or, if the texts may be sent as they are, add --allow-identifiers.',
    },
  );
}
