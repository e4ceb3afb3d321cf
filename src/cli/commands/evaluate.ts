import path from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { renderTerminal } from '../../evaluation/render/terminal.ts';
import type { MatchMode } from '../../evaluation/report.ts';
import { evaluatePredictions } from '../../tasks/evaluate.ts';
import { reportEndings, writeReport } from '../../tasks/reports.ts';
import { type CliContext, shownPath } from '../context.ts';
import { commaList, wholeNumber } from '../options.ts';
import { addLayoutOptions, type LayoutFlags, layoutOf } from '../readingFlags.ts';
import { visibleJson } from '../../foundation/visibleText.ts';

interface EvaluateOptions extends LayoutFlags {
  readonly gold: readonly string[];
  readonly pred: readonly string[];
  readonly compare?: readonly string[];
  readonly task: 'ner' | 're';
  readonly labels?: readonly string[];
  readonly scheme?: string;
  readonly mode: MatchMode;
  readonly seed: number;
  readonly project: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** `chartmark evaluate --gold F --pred F`. */
export function registerEvaluate(program: Command, context: CliContext): void {
  const command = program
    .command('evaluate')
    .description('Score predictions against gold annotations.')
    .requiredOption('--gold <path...>', 'gold files, folders or globs')
    .requiredOption('--pred <path...>', 'predicted files, folders or globs')
    .option('--compare <path...>', 'a second prediction: test whether the difference is more than chance')
    .addOption(new Option('--task <task>', 'what to score').choices(['ner', 're']).default('ner'))
    .option('--labels <labels>', 'score these labels only, e.g. Disease,Chemical', commaList)
    .option(
      '--scheme <scheme>',
      'tag scheme of the BIO files: IOB1, IOB2, IOBES, BILOU or IO (default: recognised in each file)',
    )
    .addOption(
      new Option('--mode <mode>', 'how BIO tags are read').choices(['strict', 'conlleval']).default('strict'),
    )
    .option('--seed <n>', 'seed of the bootstrap', wholeNumber(0), 1)
    .option('--project <folder>', 'folder of chartmark.json, which says which relations are symmetric', '.');
  addLayoutOptions(command)
    .option('--out <file>', `also write the report: ${reportEndings.join(', ')}`, reportFile)
    .option('--json', 'the report as one JSON object on standard output')
    .action(async (options: EvaluateOptions) => {
      const { gold, pred, project, out, json, ...wish } = options;
      const report = await evaluatePredictions(
        {
          ...wish,
          layout: layoutOf(options),
          gold,
          predictor: { kind: 'files', files: pred },
          projectFolder: project,
          title: `${pred.map(nameOf).join(', ')} against ${gold.map(nameOf).join(', ')}`,
          created: new Date().toISOString(),
          shownPath,
        },
        context,
      );
      if (out !== undefined) {
        await writeReport(out, report);
        context.note(`Report: ${shownPath(out)}`);
      }
      context.print(json === true ? visibleJson(report) : renderTerminal(report));
    });
}

function reportFile(file: string): string {
  if (reportEndings.includes(path.extname(file).toLowerCase())) return file;
  throw new InvalidArgumentError(`Name a file with one of the endings ${reportEndings.join(', ')}.`);
}

function nameOf(file: string): string {
  return path.basename(file);
}
