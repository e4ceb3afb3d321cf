import { type Command, Option } from 'commander';
import type { WrittenFormat } from '../../corpus/convert.ts';
import { annotateFiles } from '../annotateFiles.ts';
import { annotateStream } from '../annotateStream.ts';
import { type CliContext, shownPath } from '../context.ts';
import { UsageError } from '../exit.ts';

interface AnnotateOptions {
  readonly model: string;
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
    .requiredOption('--model <folder>', 'model folder')
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
        await annotateStream(context, options.model, process.stdin, process.stdout);
        return;
      }
      const { written, texts, mentions } = await annotateFiles(context, { ...options, inputs });
      if (options.json === true) {
        context.print(JSON.stringify({ files: written, texts, mentions }));
        return;
      }
      for (const file of written) context.print(shownPath(file));
      context.note(`${texts} texts, ${mentions} mentions`);
    });
}
