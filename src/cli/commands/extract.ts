import path from 'node:path';
import { type Command, Option } from 'commander';
import type { WrittenFormat } from '../../corpus/formatDocuments.ts';
import { counted } from '../../foundation/numbers.ts';
import { visibleJson } from '../../foundation/visibleText.ts';
import { describeSpent } from '../../generation/run/describeProgress.ts';
import { loadProject } from '../../project/parseProject.ts';
import { runFiles } from '../../runs/runFiles.ts';
import { type Extracted, prepareExtract } from '../../tasks/extract.ts';
import { projectReading } from '../../tasks/projectReading.ts';
import { fileSubject, type WrittenFiles } from '../../tasks/extractFiles.ts';
import { addConsentOptions, askConsent, type ConsentFlags, showDisclosure } from '../askConsent.ts';
import { type CliContext, shownPath } from '../context.ts';
import { addModelOptions, chooseModel, type ModelFlags } from '../modelChoice.ts';
import { commaList, forceOption, formatOption, positiveNumber, wholeNumber } from '../options.ts';
import { withQueryBar } from '../queryBar.ts';
import { addLayoutOptions, type LayoutFlags, layoutOf, noteProblems } from '../readingFlags.ts';
import { requireRelationFormat } from '../relations.ts';
import { addSendingOptions, type SendingFlags, sendingOf } from '../sending.ts';

interface Options extends SendingFlags, ConsentFlags, ModelFlags, LayoutFlags {
  readonly task: 'ner' | 're';
  readonly types?: readonly string[];
  readonly out: string;
  readonly perRequest?: number;
  readonly format?: WrittenFormat;
  readonly force?: boolean;
  readonly resume?: boolean;
  readonly maxCost?: number;
  readonly project: string;
  readonly json?: boolean;
}

/** Where the ledger is, below the folder of the predictions. Hidden, so that nobody takes it for predictions. */
const runFolder = '.extract';

/** `chartmark extract --provider openai IN... --out DIR`: mentions or relations as a language model finds them. */
export function registerExtract(program: Command, context: CliContext): void {
  const command = program
    .command('extract')
    .description(
      'Have a language model find the mentions or relations in your texts. SENDS THE TEXTS to it, after you agree.',
    )
    .argument('<in...>', 'text, BIO, brat, JSONL or relation files, folders or globs');
  addModelOptions(command)
    .addOption(
      new Option('--task <task>', 'mentions, or relations between the mentions in the files')
        .choices(['ner', 're'])
        .default('ner'),
    )
    .option(
      '--types <types>',
      'entity types to find, separated by commas (default: all mention types of the project)',
      commaList,
    )
    .option('--out <folder>', 'folder to write to', 'extracted')
    .addOption(formatOption())
    .addOption(forceOption())
    .option(
      '--per-request <n>',
      'maximum number of sentences or pairs in a request (default: 10; small models need fewer)',
      wholeNumber(1),
    )
    .option('--resume', 'resume a stopped run; replies on the disk are not requested again')
    .option('--dry-run', 'show what would be sent where and what it would cost, and stop')
    .option('--max-cost <usd>', 'stop before the cost of the run could exceed this', positiveNumber);
  addSendingOptions(addConsentOptions(command, 'own texts')).option(
    '--project <folder>',
    'folder of chartmark.json',
    '.',
  );
  addLayoutOptions(command)
    .option('--json', 'one machine-readable object on standard output')
    .action((inputs: readonly string[], options: Options) => run(context, inputs, options));
}

async function run(context: CliContext, paths: readonly string[], options: Options): Promise<void> {
  const { task, format, out, force } = options;
  requireRelationFormat(task, format);
  const project = await loadProject(options.project);
  const model = await chooseModel(options, project);
  const reading = await projectReading(options.project, { layout: layoutOf(options) });
  const { disclosure, start } = await prepareExtract({
    task,
    project,
    model,
    subject: await fileSubject(paths, { task, project, format, out, force, reading, nameOf: shownPath }),
    types: options.types,
    perRequest: options.perRequest,
    folderOf: () => path.join(out, runFolder),
    resume: options.resume ?? false,
    maxCostUsd: options.maxCost,
    sending: sendingOf(options),
  });
  noteProblems(context, reading.problems);
  showDisclosure(context, disclosure);
  if (options.dryRun === true) {
    if (options.json === true) {
      const identifiers = disclosure.identifiers.found.map(({ place, ...more }) => ({
        file: place,
        ...more,
      }));
      context.print(visibleJson({ dryRun: true, ...disclosure.estimate, identifiers }));
    }
    return;
  }
  const consent = await askConsent(context, disclosure, options, project);
  const extracted = await withQueryBar(context, 'Extracting', (hooks) => start(consent, hooks));
  if (options.json === true) {
    const { found, unanswered, refusedByReason, tokens, costUsd, unansweredUsd } = extracted;
    const usage = { tokens, costUsd, unansweredUsd };
    context.print(visibleJson({ ...found, unanswered, refusedByReason, ...usage }));
    return;
  }
  showExtracted(context, extracted, task);
}

function showExtracted(context: CliContext, extracted: Extracted<WrittenFiles>, task: Options['task']): void {
  const { found, questions, folder, unanswered, refusedByReason, costUsd, unansweredUsd } = extracted;
  for (const file of found.files) context.print(shownPath(file));
  context.note(
    [
      counted(found.texts, 'text'),
      counted(found.mentions, 'mention'),
      counted(found.relations, 'relation'),
    ].join(', '),
  );
  if (unanswered > 0) {
    const units = counted(questions, task === 'ner' ? 'sentence' : 'pair');
    const reasons = Object.entries(refusedByReason).map(([reason, times]) => `${reason}: ${times}`);
    context.note(
      `No usable answer for ${unanswered} of ${units}, which count as empty (${reasons.join(', ')}); ` +
        `see ${shownPath(path.join(folder, runFiles.rejected))}`,
    );
  }
  if (costUsd !== undefined) context.note(describeSpent(costUsd, unansweredUsd));
}
