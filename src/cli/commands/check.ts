import type { Command } from 'commander';
import { counted } from '../../foundation/numbers.ts';
import { visibleJson } from '../../foundation/visibleText.ts';
import { checkFiles } from '../../tasks/check.ts';
import { type CliContext, shownPath } from '../context.ts';
import { EXIT } from '../exit.ts';
import { addLayoutOptions, type LayoutFlags, layoutOf } from '../readingFlags.ts';

interface CheckOptions extends LayoutFlags {
  readonly project?: string;
  readonly json?: boolean;
}

/** `chartmark check IN...`: exit code 1 if a file has an error (warnings alone do not count). */
export function registerCheck(program: Command, context: CliContext): void {
  const command = program
    .command('check')
    .description('Report errors in data files, as the editor does in the Problems view.')
    .argument('<in...>', 'annotated files in any format that docs/formats.md lists, folders or globs')
    .option('--project <folder>', 'also report labels that are not in the chartmark.json of this folder');
  addLayoutOptions(command)
    .option('--json', 'one machine-readable object on standard output')
    .action(async (inputs: readonly string[], { project, json, ...flags }: CheckOptions) => {
      const checked = await checkFiles(inputs, { projectFolder: project, layout: layoutOf(flags) });
      const { files, errors, warnings, problems } = checked;
      if (errors > 0) process.exitCode = EXIT.failed;
      if (json === true) {
        context.print(visibleJson(checked));
        return;
      }
      for (const { file, line, column, severity, message, nextStep } of problems) {
        context.print(`${shownPath(file)}:${line}:${column}: ${severity}: ${message} ${nextStep}`);
      }
      context.print(
        `${counted(files, 'file')}, ${counted(errors, 'error')}, ${counted(warnings, 'warning')}`,
      );
    });
}
