import path from 'node:path';
import { type Command, Option } from 'commander';
import { formatDocuments } from '../../corpus/convert.ts';
import { readDocuments } from '../../corpus/read.ts';
import { writeFileAtomic } from '../../foundation/atomicFile.ts';
import { type CliContext, shownPath } from '../context.ts';

interface ConvertOptions {
  readonly to: 'bio' | 'brat' | 'jsonl';
  readonly out: string;
  readonly json?: boolean;
}

/** `chartmark convert IN --to FORMAT --out PATH`. */
export function registerConvert(program: Command, context: CliContext): void {
  program
    .command('convert')
    .description('Write annotated files in another format.')
    .argument('<in...>', 'BIO, brat or JSONL files, folders or globs')
    .addOption(
      new Option('--to <format>', 'the format to write')
        .choices(['bio', 'brat', 'jsonl'])
        .makeOptionMandatory(),
    )
    .requiredOption('--out <path>', 'folder to write into, or the file when one file comes out')
    .option('--json', 'one machine-readable object on standard output')
    .action(async (inputs: readonly string[], options: ConvertOptions) => {
      const documents = await readDocuments(inputs);
      const { files, dropped } = formatDocuments(documents, options.to);
      const written = await writeAll(files, options.out);
      if (options.json === true) {
        context.print(JSON.stringify({ documents: documents.length, files: written, dropped }));
        return;
      }
      context.print(`${documents.length} documents -> ${written.map(shownPath).join(', ')}`);
      for (const { document, span, reason } of dropped) {
        context.note(`${document}: left out ${span.label} ${span.start}-${span.end}: ${reason}`);
      }
    });
}

async function writeAll(files: readonly { name: string; content: string }[], out: string): Promise<string[]> {
  const [only] = files;
  const singleFile = files.length === 1 && only !== undefined && path.extname(out) !== '';
  const written: string[] = [];
  for (const { name, content } of files) {
    const target = singleFile ? out : path.join(out, name);
    await writeFileAtomic(target, content);
    written.push(target);
  }
  return written;
}
