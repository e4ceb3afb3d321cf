import { runFolders } from '../../runs/runFolders.ts';
import type { Command } from 'commander';
import { checkFiles } from '../../corpus/checkFiles.ts';
import { loadProject } from '../../project/parseProject.ts';
import { type CliContext, shownPath } from '../context.ts';
import { EXIT } from '../exit.ts';

interface CheckOptions {
  readonly project?: string;
  readonly json?: boolean;
}

/** `chartmark check IN...`: exit code 1 when a file has an error (warnings alone do not count). */
export function registerCheck(program: Command, context: CliContext): void {
  program
    .command('check')
    .description('Say what is wrong with data files: what the editor underlines.')
    .argument('<in...>', 'BIO, brat, JSONL or relation files, folders or globs')
    .option('--project <folder>', 'also report labels that the chartmark.json there does not know')
    .option('--json', 'one machine-readable object on standard output')
    .action(async (inputs: readonly string[], { project, json }: CheckOptions) => {
      const { files, problems } = await checkFiles(
        inputs,
        runFolders,
        project === undefined
          ? {}
          : { labels: (await loadProject(project)).entityTypes.map(({ name }) => name) },
      );
      const errors = problems.filter(({ severity }) => severity === 'error').length;
      if (errors > 0) process.exitCode = EXIT.failed;
      if (json === true) {
        context.print(JSON.stringify({ files, errors, warnings: problems.length - errors, problems }));
        return;
      }
      for (const { file, line, column, severity, message, nextStep } of problems) {
        context.print(`${shownPath(file)}:${line}:${column}: ${severity}: ${message} ${nextStep}`);
      }
      context.print(`${files} files, ${errors} errors, ${problems.length - errors} warnings`);
    });
}
