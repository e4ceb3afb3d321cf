import { type Command, Option } from 'commander';
import type { WrittenFormat } from '../../corpus/formatDocuments.ts';
import { counted } from '../../foundation/numbers.ts';
import { visibleJson } from '../../foundation/visibleText.ts';
import type { Precision } from '../../model/folder.ts';
import { modelsOf } from '../../tasks/annotate.ts';
import { annotateStream } from '../../tasks/annotateStream.ts';
import { annotateFiles } from '../../tasks/annotateFiles.ts';
import { type CliContext, shownPath } from '../context.ts';
import { UsageError } from '../exit.ts';
import { forceOption, formatOption, wholeNumber } from '../options.ts';
import { progressBar } from '../progressBar.ts';
import { addLayoutOptions, type LayoutFlags, layoutOf, noteProblems } from '../readingFlags.ts';
import { requireRelationFormat } from '../relations.ts';

interface AnnotateOptions extends LayoutFlags {
  readonly model: string;
  readonly entities?: string;
  readonly relationWindow?: number;
  readonly precision?: Precision;
  readonly project: string;
  readonly out: string;
  readonly format?: WrittenFormat;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** `chartmark annotate --model DIR IN...`; `-` reads JSONL from standard input and writes it to standard output. */
export function registerAnnotate(program: Command, context: CliContext): void {
  const command = program
    .command('annotate')
    .description('Run a local model on texts. Makes no connection, so the texts stay on this computer.')
    .argument('<in...>', 'text, BIO, brat, JSONL or relation files, folders or globs; - for a JSONL stream')
    .requiredOption('--model <folder>', 'model folder, of mentions or of relations between mentions')
    .option(
      '--entities <folder>',
      'with a relation model: the model that finds the mentions (default: use the mentions in the files)',
    )
    .option(
      '--relation-window <n>',
      'with a relation model: largest number of consecutive sentences that a pair may span (default: as in training)',
      wholeNumber(1),
    )
    .addOption(
      new Option(
        '--precision <kind>',
        'weights to run: model.onnx or model_quantized.onnx (default: int8 for a model trained with --quantize)',
      ).choices(['fp32', 'int8']),
    )
    .option('--project <folder>', 'folder of chartmark.json', '.');
  addLayoutOptions(command)
    .option('--out <folder>', 'folder to write to', 'annotations')
    .addOption(formatOption())
    .addOption(forceOption())
    .option('--json', 'one machine-readable object on standard output')
    .action(async (inputs: readonly string[], options: AnnotateOptions) => {
      if (inputs.includes('-') && inputs.length > 1) {
        throw new UsageError('A stream (-) cannot be mixed with files.');
      }
      const {
        model,
        entities,
        relationWindow: window,
        precision,
        project,
        out,
        format,
        force,
        json,
      } = options;
      const wanted = { model, entities, window, precision, projectFolder: project };
      const { task, models } = await modelsOf(wanted);
      if (task === 'ner' && (entities ?? window) !== undefined) {
        throw new UsageError(
          'The model finds mentions, but --entities and --relation-window are for relation models.',
        );
      }
      if (inputs.includes('-')) {
        await annotateStream(models, { input: process.stdin, output: process.stdout }, context);
        return;
      }
      requireRelationFormat(task, format);
      const layout = layoutOf(options);
      const annotated = await annotateWithBar(context, { inputs, models, out, format, layout, force });
      const { files, problems, ...counts } = annotated;
      noteProblems(context, problems);
      if (json === true) {
        context.print(visibleJson({ files, ...counts, problems }));
        return;
      }
      for (const file of files) context.print(shownPath(file));
      const { texts, mentions, relations, pairs } = counts;
      const related =
        task === 're'
          ? `, ${counted(relations, 'relation')} (judged: ${counted(pairs, 'pair')} of mentions)`
          : '';
      context.note(`${counted(texts, 'text')}, ${counted(mentions, 'mention')}${related}`);
    });
}

/** Annotates files with a live bar on standard error. */
export async function annotateWithBar(
  { worker, signal }: CliContext,
  input: Parameters<typeof annotateFiles>[0],
): ReturnType<typeof annotateFiles> {
  const bar = progressBar(process.stderr, 'Annotating');
  try {
    return await annotateFiles(input, {
      worker,
      signal,
      onProgress: (done, total) => bar.update(done / total, `${done}/${total} files`),
    });
  } finally {
    bar.finish();
  }
}
