import path from 'node:path';
import type { Command } from 'commander';
import { renderTerminal } from '../../evaluation/render/terminal.ts';
import { runFiles } from '../../runs/runFiles.ts';
import { duration } from '../../foundation/duration.ts';
import { percent } from '../../foundation/numbers.ts';
import { defaultProject } from '../../project/defaults.ts';
import { type CliContext, shownPath } from '../context.ts';
import { wholeNumber } from '../options.ts';
import { evaluatePredictions } from '../../tasks/evaluate.ts';
import { shippedEncoder } from '../../tasks/models.ts';
import { writeReport } from '../../tasks/reports.ts';
import { CancelledError } from '../../foundation/userError.ts';
import { withRunBar } from '../runBar.ts';
import { prepareGenerate } from '../../tasks/generate.ts';
import { Consent } from '../../tasks/sending/consent.ts';
import { offlineChoice } from '../../tasks/sending/modelChoice.ts';
import { annotateWithBar } from './annotate.ts';
import { trainWithBar } from './train.ts';

interface DemoOptions {
  readonly out: string;
  readonly count: number;
  readonly epochs: number;
}

/** What a step did, for the closing table. */
interface StepRow {
  readonly step: string;
  readonly result: string;
  readonly seconds: number;
  readonly output: string;
}

const SEED = 1;

/** `chartmark demo`: the whole loop on what is shipped, with no key and no network. */
export function registerDemo(program: Command, context: CliContext): void {
  program
    .command('demo')
    .description('Run the whole workflow on built-in defaults: generate, train, annotate, evaluate.')
    .option('--out <folder>', 'folder for all results', 'demo-out')
    .option('--count <n>', 'synthetic sentences', wholeNumber(50), 2400)
    .option('--epochs <n>', 'passes over the texts', wholeNumber(1), 4)
    .action(async (options: DemoOptions) => {
      const rows: StepRow[] = [];
      const step = async <T>(
        name: string,
        what: string,
        work: () => Promise<T>,
        row: (result: T) => Result,
      ) => {
        context.print(`\n${rows.length + 1}/4 ${name}: ${what}`);
        const started = performance.now();
        const result = await work();
        rows.push({ step: name, seconds: (performance.now() - started) / 1000, ...row(result) });
        context.print(`    -> ${rows.at(-1)?.result}; ${rows.at(-1)?.output}`);
        return result;
      };
      await runLoop(context, options, step);
      context.print(`\n${table(rows)}`);
      context.print(`\nOpen ${shownPath(path.join(options.out, 'report.html'))} in a browser.`);
    });
}

type Result = Pick<StepRow, 'result' | 'output'>;
type Step = <T>(name: string, what: string, work: () => Promise<T>, row: (result: T) => Result) => Promise<T>;

async function runLoop(context: CliContext, { out, count, epochs }: DemoOptions, step: Step): Promise<void> {
  const run = path.join(out, 'synthetic', 'demo');
  const accepted = path.join(run, runFiles.accepted);
  const model = path.join(out, 'models', 'demo');
  const notes = path.join(context.resources, 'samples', 'notes');
  const gold = path.join(context.resources, 'samples', 'gold', 'bc5cdr-sample.bio');
  const annotations = path.join(out, 'annotations');
  const predicted = path.join(out, 'predictions');
  const models = { mentions: model, projectFolder: out };

  await step(
    'Generate',
    `${count} labelled sentences from templates and an open lexicon (no key, no network)`,
    async () => {
      const task = await prepareGenerate({
        task: 'ner',
        project: defaultProject,
        resources: context.resources,
        writer: await offlineChoice(context.resources, SEED),
        count,
        seed: SEED,
        topicSource: 'project',
        out: run,
        resume: true,
      });
      const consent = Consent.to(task.disclosure);
      const { result } = await withRunBar((onProgress) =>
        task.start(consent, { signal: context.signal, onProgress }),
      );
      return result;
    },
    (result) => ({ result: `${result.accepted} sentences`, output: shownPath(accepted) }),
  );
  await step(
    'Train',
    'a local model on them, in a separate process',
    async () => {
      const end = await trainWithBar(context, {
        task: 'ner',
        base: shippedEncoder(context.resources),
        train: [accepted],
        out: model,
        projectFolder: out,
        epochs,
        seed: SEED,
      });
      if (end.kind === 'stopped') throw new CancelledError();
      return end.result;
    },
    ({ best }) => ({
      result: `F1 ${percent(best.devF1)} on synthetic text that was set aside`,
      output: shownPath(model),
    }),
  );
  await step(
    'Annotate',
    'sample clinical notes, which stay on this computer',
    () => annotateWithBar(context, { inputs: [notes], models, out: annotations }),
    ({ mentions, texts }) => ({
      result: `${mentions} mentions in ${texts} notes`,
      output: shownPath(annotations),
    }),
  );
  await step(
    'Evaluate',
    'the model on 250 sentences that people annotated (BC5CDR)',
    async () => {
      const { files } = await annotateWithBar(context, {
        inputs: [gold],
        models,
        out: predicted,
      });
      const report = await evaluatePredictions(
        {
          task: 'ner',
          gold: [gold],
          predictor: { kind: 'files', files },
          labels: ['Chemical', 'Disease'],
          projectFolder: out,
          title: 'Demo: trained on synthetic text, scored on BC5CDR',
          created: new Date().toISOString(),
          shownPath,
        },
        context,
      );
      await writeReport(path.join(out, 'reports', 'demo.json'), report);
      await writeReport(path.join(out, 'report.html'), report);
      context.print(renderTerminal(report));
      return report;
    },
    ({ micro }) => ({
      result: `F1 ${percent(micro.f1)} (P ${percent(micro.precision)}, R ${percent(micro.recall)})`,
      output: shownPath(path.join(out, 'report.html')),
    }),
  );
}

function table(rows: readonly StepRow[]): string {
  const lines = [
    ['step', 'result', 'time', 'output'],
    ...rows.map(({ step, result, seconds, output }) => [step, result, duration(seconds), output]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
