import { type Command, Option } from 'commander';
import type { WrittenFormat } from '../../corpus/convert.ts';
import { annotateFiles } from '../annotateFiles.ts';
import { annotateStream } from '../annotateStream.ts';
import type { AnnotatorOptions } from '../annotator.ts';
import { type CliContext, shownPath } from '../context.ts';
import { UsageError } from '../exit.ts';
import { wholeNumber } from '../options.ts';

interface AnnotateOptions extends AnnotatorOptions {
  readonly out: string;
  readonly format?: WrittenFormat;
  readonly json?: boolean;
}

/** `chartmark annotate --model DIR IN...`; `-` reads JSONL from standard input and writes it to standard output. */
export function registerAnnotate(program: Command, context: CliContext): void {
  program
    .command('annotate')
    .description('Run a local model on texts. Makes no connection; the texts stay where they are.')
    .argument('<in...>', 'text, BIO, brat, JSONL or relation files, folders or globs; - for a JSONL stream')
    .requiredOption('--model <folder>', 'model folder, of mentions or of relations between mentions')
    .option(
      '--entities <folder>',
      'with a relation model: the model that finds the mentions (default: those that the files have)',
    )
    .option(
      '--relation-window <n>',
      'with a relation model: sentences in a row that a pair may spread over (default: as in training)',
      wholeNumber(1),
    )
    .addOption(
      new Option(
        '--precision <kind>',
        'weights to run: model.onnx or model_quantized.onnx (default: int8 for a model trained with --quantize)',
      ).choices(['fp32', 'int8']),
    )
    .option('--project <folder>', 'folder of chartmark.json', '.')
    .option('--out <folder>', 'folder to write into', 'annotations')
    .addOption(
      new Option('--format <format>', 'what to write (default: as the input; brat for plain text)').choices([
        'bio',
        'brat',
        'jsonl',
      ]),
    )
    .option('--json', 'one machine-readable object on standard output')
    .action(async (inputs: readonly string[], options: AnnotateOptions) => {
      if (inputs.includes('-')) {
        if (inputs.length > 1) throw new UsageError('A stream (-) cannot be mixed with files.');
        await annotateStream(context, options, process.stdin, process.stdout);
        return;
      }
      const { written, task, ...counts } = await annotateFiles(context, { ...options, inputs });
      if (options.json === true) {
        context.print(JSON.stringify({ files: written, ...counts }));
        return;
      }
      for (const file of written) context.print(shownPath(file));
      const { texts, mentions, relations, pairs } = counts;
      const related = task === 're' ? `, ${relations} relations (${pairs} pairs were judged)` : '';
      context.note(`${texts} texts, ${mentions} mentions${related}`);
    });
}
