import { type Command, Option } from 'commander';
import { type WrittenFormat, writtenFormats } from '../../corpus/formatDocuments.ts';
import { counted } from '../../foundation/numbers.ts';
import { visibleJson, visibleName } from '../../foundation/visibleText.ts';
import { convertFiles } from '../../tasks/convert.ts';
import { type CliContext, shownPath } from '../context.ts';
import { forceOption } from '../options.ts';
import { addLayoutOptions, type LayoutFlags, layoutOf, noteProblems } from '../readingFlags.ts';

interface ConvertOptions extends LayoutFlags {
  readonly to: WrittenFormat;
  readonly out: string;
  readonly relationType?: string;
  readonly project: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** Most lines about single files or spans; the rest is only counted. */
const shownLines = 20;

/** `chartmark convert IN --to FORMAT --out PATH`. */
export function registerConvert(program: Command, context: CliContext): void {
  const command = program
    .command('convert')
    .description('Convert annotated files to another format.')
    .argument('<in...>', 'annotated files in any format that docs/formats.md lists, folders or globs')
    .addOption(
      new Option('--to <format>', 'the format to write').choices(writtenFormats).makeOptionMandatory(),
    )
    .requiredOption('--out <path>', 'folder to write to, or the file if there is only one')
    .option(
      '--relation-type <name>',
      'of tagged pairs with the label 1 (default: the type of chartmark.json that joins such mentions)',
    )
    .addOption(forceOption())
    .option('--project <folder>', 'folder of chartmark.json', '.');
  addLayoutOptions(command)
    .option('--json', 'one machine-readable object on standard output')
    .action(async (inputs: readonly string[], { project, json, ...options }: ConvertOptions) => {
      const layout = layoutOf(options);
      const converted = await convertFiles({ ...options, inputs, projectFolder: project, layout });
      const { hasUnnamedPairs, ...result } = converted;
      const { documents, files, dropped, losses, problems } = result;
      noteProblems(context, problems);
      if (hasUnnamedPairs) {
        context.note('Relations of tagged pairs keep the name "1". Set their type with --relation-type.');
      }
      if (json === true) {
        context.print(visibleJson(result));
        return;
      }
      for (const file of files.slice(0, shownLines)) context.print(shownPath(file));
      for (const { document, span, reason } of dropped.slice(0, shownLines)) {
        context.note(
          `${visibleName(document)}: ${visibleName(span.label)} at ${span.start}-${span.end} left out: ${reason}`,
        );
      }
      const lost = [
        ...(dropped.length === 0
          ? []
          : [`left out: ${counted(dropped.length, 'mention')} that the format cannot represent`]),
        ...(losses.length === 0
          ? []
          : [
              `left out, because the format cannot represent them: ${losses.map(({ what, count }) => counted(count, what)).join(', ')}`,
            ]),
      ];
      context.note(
        [`${counted(documents, 'document')}, ${counted(files.length, 'file')}`, ...lost].join('; '),
      );
    });
}
