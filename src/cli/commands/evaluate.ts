import { runFolders } from '../../runs/runFolders.ts';
import path from 'node:path';
import { type Command, Option } from 'commander';
import { areRelationRows, readDocuments, readRelationRows } from '../../corpus/read.ts';
import {
  compareDocumentRelations,
  comparePredictions,
  compareRelationPredictions,
} from '../../evaluation/compare.ts';
import { evaluate } from '../../evaluation/evaluate.ts';
import { evaluateDocumentRelations } from '../../evaluation/evaluateDocumentRelations.ts';
import { evaluateRelations } from '../../evaluation/evaluateRelations.ts';
import { renderTerminal } from '../../evaluation/render/terminal.ts';
import type { MatchMode, Report } from '../../evaluation/report.ts';
import { loadProject } from '../../project/parseProject.ts';
import { symmetricNames } from '../../project/relationSchema.ts';
import { type CliContext, shownPath } from '../context.ts';
import { commaList, wholeNumber } from '../options.ts';
import { writeReport } from '../reportFile.ts';

interface EvaluateOptions {
  readonly gold: readonly string[];
  readonly pred: readonly string[];
  readonly compare?: readonly string[];
  readonly task: 'ner' | 're';
  readonly labels?: readonly string[];
  readonly scheme: string;
  readonly mode: MatchMode;
  readonly seed: number;
  readonly project: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** `chartmark evaluate --gold F --pred F`. */
export function registerEvaluate(program: Command, context: CliContext): void {
  program
    .command('evaluate')
    .description('Score predictions against gold annotations.')
    .requiredOption('--gold <path...>', 'gold files, folders or globs')
    .requiredOption('--pred <path...>', 'predicted files, folders or globs')
    .option('--compare <path...>', 'a second prediction: is it better by more than chance?')
    .addOption(new Option('--task <task>', 'what is scored').choices(['ner', 're']).default('ner'))
    .option('--labels <labels>', 'score these labels only, e.g. Disease,Chemical', commaList)
    .option('--scheme <scheme>', 'tag scheme of the BIO files, named in the report', 'IOB2')
    .addOption(
      new Option('--mode <mode>', 'how BIO tags are read').choices(['strict', 'conlleval']).default('strict'),
    )
    .option('--seed <n>', 'seed of the bootstrap', wholeNumber(0), 1)
    .option('--project <folder>', 'folder of chartmark.json, which says what relations are symmetric', '.')
    .option('--out <file>', 'also write the report: .json, .html, .md or .csv')
    .option('--json', 'the report as one JSON object on standard output')
    .action(async (options: EvaluateOptions) => {
      const report = options.task === 're' ? await relationReport(options) : await entityReport(options);
      if (options.out !== undefined) {
        await writeReport(options.out, report);
        context.note(`Report: ${shownPath(options.out)}`);
      }
      context.print(options.json === true ? JSON.stringify(report) : renderTerminal(report));
    });
}

async function entityReport(options: EvaluateOptions): Promise<Report> {
  const gold = await readDocuments(options.gold, runFolders);
  const predicted = await readDocuments(options.pred, runFolders);
  const { mode, scheme, seed } = options;
  const shared = { ...labelsOf(options), mode, scheme, seed };
  const report = evaluate(gold, predicted, { ...shared, ...headOf(options) });
  if (options.compare === undefined) return report;
  const second = await readDocuments(options.compare, runFolders);
  const name = options.compare.join(', ');
  return { ...report, comparison: comparePredictions(gold, predicted, second, { ...shared, name }) };
}

async function relationReport(options: EvaluateOptions): Promise<Report> {
  return (await areRelationRows(options.gold, runFolders))
    ? rowReport(options)
    : documentRelationReport(options);
}

async function documentRelationReport(options: EvaluateOptions): Promise<Report> {
  const gold = await readDocuments(options.gold, runFolders);
  const predicted = await readDocuments(options.pred, runFolders);
  const symmetric = symmetricNames(await loadProject(options.project));
  const shared = { ...labelsOf(options), symmetric, seed: options.seed };
  const report = evaluateDocumentRelations(gold, predicted, { ...shared, ...headOf(options) });
  if (options.compare === undefined) return report;
  const second = await readDocuments(options.compare, runFolders);
  const name = options.compare.join(', ');
  return { ...report, comparison: compareDocumentRelations(gold, predicted, second, { ...shared, name }) };
}

async function rowReport(options: EvaluateOptions): Promise<Report> {
  const gold = await readRelationRows(options.gold, runFolders);
  const predicted = await readRelationRows(options.pred, runFolders);
  const shared = { ...labelsOf(options), seed: options.seed };
  const report = evaluateRelations(gold, predicted, { ...shared, ...headOf(options) });
  if (options.compare === undefined) return report;
  const second = await readRelationRows(options.compare, runFolders);
  const name = options.compare.join(', ');
  return { ...report, comparison: compareRelationPredictions(gold, predicted, second, { ...shared, name }) };
}

function labelsOf({ labels }: EvaluateOptions): { labels?: readonly string[] } {
  return labels === undefined ? {} : { labels };
}

function headOf({ gold, pred }: EvaluateOptions) {
  return {
    created: new Date().toISOString(),
    title: `${pred.map(nameOf).join(', ')} against ${gold.map(nameOf).join(', ')}`,
    sources: { gold: gold.map(shownPath), predicted: pred.map(shownPath) },
  };
}

function nameOf(file: string): string {
  return path.basename(file);
}
