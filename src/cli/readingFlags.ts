import type { Command } from 'commander';
import type { LayoutChoice } from '../corpus/bio/format.ts';
import type { Problem } from '../corpus/problem.ts';
import { summariseProblems } from '../corpus/problemSummary.ts';
import { type CliContext, shownPath } from './context.ts';
import { commaList, wholeNumber } from './options.ts';

/** The options that say how files are read. */
export type LayoutFlags = LayoutChoice;

/** Adds `--word-column`, `--tag-column` and `--tag-names`. */
export function addLayoutOptions(command: Command): Command {
  return command
    .option(
      '--word-column <n>',
      'column of the words in BIO files, counted from 1 (default: detected)',
      wholeNumber(1),
    )
    .option(
      '--tag-column <n>',
      'column of the tags in BIO files, counted from 1 (default: detected)',
      wholeNumber(1),
    )
    .option(
      '--tag-names <names>',
      'what numbers mean as tags, in their order, e.g. O,B-Disease,I-Disease',
      commaList,
    );
}

/** The layout that was named; undefined if none was. */
export function layoutOf({ wordColumn, tagColumn, tagNames }: LayoutFlags): LayoutChoice | undefined {
  return (wordColumn ?? tagColumn ?? tagNames) === undefined
    ? undefined
    : { wordColumn, tagColumn, tagNames };
}

/** Says on standard error what was read differently from what the files say. */
export function noteProblems(context: CliContext, problems: readonly Problem[]): void {
  for (const sentence of summariseProblems(problems, shownPath)) context.note(sentence);
}
