import type { Command } from 'commander';
import type { ColumnChoice } from '../corpus/bio/format.ts';
import type { Problem } from '../corpus/problem.ts';
import { summariseProblems } from '../corpus/problemSummary.ts';
import { type CliContext, shownPath } from './context.ts';
import { wholeNumber } from './options.ts';

/** The options that say how files are read. */
export type ColumnFlags = ColumnChoice;

/** Adds `--word-column` and `--tag-column`. */
export function addColumnOptions(command: Command): Command {
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
    );
}

/** The named columns; undefined if none was named. */
export function columnsOf({ wordColumn, tagColumn }: ColumnFlags): ColumnChoice | undefined {
  return wordColumn === undefined && tagColumn === undefined ? undefined : { wordColumn, tagColumn };
}

/** Says on standard error what was read differently from what the files say. */
export function noteProblems(context: CliContext, problems: readonly Problem[]): void {
  for (const sentence of summariseProblems(problems, shownPath)) context.note(sentence);
}
