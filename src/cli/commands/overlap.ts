import type { Command } from 'commander';
import { counted } from '../../foundation/numbers.ts';
import { visibleJson } from '../../foundation/visibleText.ts';
import { defaultOverlapWords } from '../../privacy/overlaps.ts';
import { findCopies } from '../../tasks/findCopies.ts';
import { type CliContext, shownPath } from '../context.ts';
import { EXIT } from '../exit.ts';
import { wholeNumber } from '../options.ts';

interface Options {
  readonly with: readonly string[];
  readonly words: number;
  readonly json?: boolean;
}

/** `chartmark overlap IN... --with OWN...`: exit code 1 if something is copied. Prints places, never text. */
export function registerOverlap(program: Command, context: CliContext): void {
  program
    .command('overlap')
    .description(
      'Find where synthetic texts repeat your own texts word for word. Prints places, but no text.',
    )
    .argument('<in...>', 'synthetic texts: files, folders or globs')
    .requiredOption('--with <own...>', 'your own texts: files, folders or globs')
    .option('--words <n>', 'minimum number of words in a row', wholeNumber(2), defaultOverlapWords)
    .option('--json', 'one machine-readable object on standard output')
    .action(async (synthetic: readonly string[], { with: own, words, json }: Options) => {
      const { texts, copies } = await findCopies({ synthetic, own, words }, context);
      if (copies.length > 0) process.exitCode = EXIT.failed;
      if (json === true) {
        context.print(visibleJson({ texts, words, overlaps: copies }));
        return;
      }
      for (const { file, line, words: length, ownFile, ownLine } of copies) {
        context.print(`${shownPath(file)}:${line}: ${length} words are in ${shownPath(ownFile)}:${ownLine}`);
      }
      context.print(
        `${counted(texts, 'text')}, ${counted(copies.length, 'overlap')} of ${words} words or more`,
      );
    });
}
