import { runFolders } from '../../runs/runFolders.ts';
import type { Command } from 'commander';
import { locatedTexts } from '../../corpus/locatedTexts.ts';
import { copyFinder } from '../../privacy/copies.ts';
import { defaultOverlapWords } from '../../privacy/overlaps.ts';
import { type CliContext, shownPath } from '../context.ts';
import { EXIT } from '../exit.ts';
import { wholeNumber } from '../options.ts';

interface Options {
  readonly with: readonly string[];
  readonly words: number;
  readonly json?: boolean;
}

/** `chartmark overlap IN... --with OWN...`: exit code 1 when something is copied. Prints places, never text. */
export function registerOverlap(program: Command, context: CliContext): void {
  program
    .command('overlap')
    .description('Find what synthetic texts repeat word for word of your own texts. Prints places, no text.')
    .argument('<in...>', 'synthetic texts: files, folders or globs')
    .requiredOption('--with <own...>', 'your own texts: files, folders or globs')
    .option('--words <n>', 'shortest run of words that counts', wholeNumber(2), defaultOverlapWords)
    .option('--json', 'one machine-readable object on standard output')
    .action(async (inputs: readonly string[], options: Options) => {
      const own = await locatedTexts(options.with, runFolders);
      const synthetic = await locatedTexts(inputs, runFolders);
      const overlaps = synthetic.flatMap(copyFinder(own, options.words));
      if (overlaps.length > 0) process.exitCode = EXIT.failed;
      if (options.json === true) {
        context.print(JSON.stringify({ texts: synthetic.length, words: options.words, overlaps }));
        return;
      }
      for (const { file, line, words, ownFile, ownLine } of overlaps) {
        context.print(`${shownPath(file)}:${line}: ${words} words are in ${shownPath(ownFile)}:${ownLine}`);
      }
      context.print(
        `${synthetic.length} texts, ${overlaps.length} overlaps of ${options.words} words or more`,
      );
    });
}
